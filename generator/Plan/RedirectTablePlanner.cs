using System.Collections.Generic;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Plan;

/// <summary>Writes the table of the redirects of files in the form that the engine reads (<see cref="RedirectLine"/>).</summary>
internal sealed class RedirectTablePlanner
{
    private readonly EquatableArray<RedirectLineSpec> _lines;
    private readonly MessageWriter _messages;
    private readonly Dictionary<(int Status, EquatableArray<FieldLine> Fields), int> _heads = new();
    private readonly Dictionary<(string Host, EquatableArray<byte> Key), List<int>> _keys = new();

    internal RedirectTablePlanner(EquatableArray<RedirectLineSpec> lines, MessageWriter messages)
    {
        _lines = lines;
        _messages = messages;
    }

    /// <summary>The longest head of a line, up to the location.</summary>
    internal int LongestHead => _lines.Select(line => (line.Status, line.Fields)).Distinct().Max(head => Head(head.Status, head.Fields).Length);

    /// <summary>Writes the table.</summary>
    internal byte[] Write()
    {
        for (int i = 0; i < _lines.Count; i++)
        {
            var key = (_lines[i].Host, new EquatableArray<byte>(_lines[i].Template.Take(_lines[i].KeyLength)));
            if (!_keys.TryGetValue(key, out List<int>? alike))
            {
                _keys.Add(key, alike = []);
            }

            alike.Add(i);
        }

        // At most two thirds of the slots are taken, so that the way to a free one is short.
        int bits = 1;
        while (1 << bits < _keys.Count * 3L / 2 + 1)
        {
            bits++;
        }

        var rest = new List<byte>();
        int begin = RedirectLine.Slots + (RedirectLine.SlotLength << bits);
        foreach ((int status, EquatableArray<FieldLine> fields) in _lines.Select(line => (line.Status, line.Fields)).Distinct())
        {
            _heads.Add((status, fields), begin + rest.Count);
            AddHead(rest, status, fields);
        }

        int[] places = AddLines(rest, begin);
        byte[] table = [.. Enumerable.Repeat((byte)'0', begin), .. rest];
        RedirectLine.Write(table, RedirectLine.SlotBits, 1, bits);
        RedirectLine.Write(table, RedirectLine.LongestPrefix, 3, Longest(hasPieces: true));
        RedirectLine.Write(table, RedirectLine.LongestPath, 3, Longest(hasPieces: false));
        RedirectLine.Write(table, RedirectLine.HasHosts, 1, _lines.Any(line => line.Host.Length > 0) ? 1 : 0);
        foreach (KeyValuePair<(string Host, EquatableArray<byte> Key), List<int>> key in _keys)
        {
            Chain(table, [.. key.Value.Select(line => places[line])]);
            WriteSlot(table, bits, Hash(key.Key.Host, key.Key.Key), places[key.Value[0]]);
        }

        return table;
    }

    /// <summary>The line of the response, up to the location.</summary>
    private string Head(int status, EquatableArray<FieldLine> fields) => $"{status} {ReasonPhrase.Of(status)}{_messages.FieldLines(fields)}\r\nContent-Length: 0\r\nLocation: ";

    private int Longest(bool hasPieces) => _lines.Where(line => line.HasPieces == hasPieces).Select(line => line.KeyLength + 1).DefaultIfEmpty().Max();

    private void AddHead(List<byte> rest, int status, EquatableArray<FieldLine> fields)
    {
        byte[] text = Encoding.UTF8.GetBytes(Head(status, fields));
        byte[] head = new byte[RedirectLine.Head + text.Length];
        RedirectLine.Write(head, RedirectLine.KeepsMethod, 1, status is 303 or 307 or 308 ? 1 : 0);
        RedirectLine.Write(head, RedirectLine.HeadLength, 3, text.Length);
        text.CopyTo(head, RedirectLine.Head);
        rest.AddRange(head);
    }

    /// <summary>Writes the lines one behind the other.</summary>
    /// <returns>Where each of them lies.</returns>
    private int[] AddLines(List<byte> rest, int begin)
    {
        int[] places = new int[_lines.Count];
        for (int i = 0; i < places.Length; i++)
        {
            RedirectLineSpec line = _lines[i];
            places[i] = begin + rest.Count;
            byte[] texts = [.. HttpPlanner.FoldCase(line.Host), .. line.Template, .. line.Target];
            byte[] bytes = new byte[RedirectLine.Texts + texts.Length];
            RedirectLine.Write(bytes, RedirectLine.Next, 4, 0);
            RedirectLine.Write(bytes, RedirectLine.HeadOfLine, 4, _heads[(line.Status, line.Fields)]);
            RedirectLine.Write(bytes, RedirectLine.Flags, 1, (line.IsForced ? RedirectLine.IsForced : 0) | (line.HasPieces ? RedirectLine.HasPieces : 0) | (line.HasStar ? RedirectLine.HasStar : 0)
                | (line.HasSlash switch { true => RedirectLine.WithSlash, false => RedirectLine.WithoutSlash, null => 0 }));
            RedirectLine.Write(bytes, RedirectLine.HostLength, 2, line.Host.Length);
            RedirectLine.Write(bytes, RedirectLine.KeyLength, 3, line.KeyLength);
            RedirectLine.Write(bytes, RedirectLine.TemplateLength, 3, line.Template.Count);
            RedirectLine.Write(bytes, RedirectLine.TargetLength, 3, line.Target.Count);
            texts.CopyTo(bytes, RedirectLine.Texts);
            rest.AddRange(bytes);
        }

        return places;
    }

    /// <summary>Lines of one key follow each other.</summary>
    private static void Chain(byte[] table, int[] places)
    {
        for (int i = 1; i < places.Length; i++)
        {
            RedirectLine.Write(table, places[i - 1] + RedirectLine.Next, 4, places[i]);
        }
    }

    private static unsafe void WriteSlot(byte[] table, int bits, uint hash, int place)
    {
        uint mask = (1u << bits) - 1;
        fixed (byte* first = table)
        {
            uint slot = hash & mask;
            while (RedirectLine.Number(first + RedirectLine.Slots + slot * RedirectLine.SlotLength, RedirectLine.SlotLength) != 0)
            {
                slot = slot + 1 & mask;
            }

            RedirectLine.Write(table, (int)(RedirectLine.Slots + slot * RedirectLine.SlotLength), RedirectLine.SlotLength, place);
        }
    }

    private static uint Hash(string host, EquatableArray<byte> key)
    {
        uint hash = RedirectLine.NoHash;
        if (host.Length > 0)
        {
            hash = RedirectLine.Hash(HttpPlanner.FoldCase(host).Aggregate(hash, RedirectLine.Hash), 0);
        }

        return key.Aggregate(hash, RedirectLine.Hash);
    }
}
