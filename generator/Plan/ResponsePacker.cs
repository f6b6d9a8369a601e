using System.Collections.Generic;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Plan;

/// <summary>
/// Packs the heads of the responses. They say much the same: what several of them have (a name, a value, some lines) becomes a phrase, which is there once, and of which the heads
/// have a code of one byte. Codes are control characters, of which a head has none of its own but the ends of its lines; all else stands for itself.
/// </summary>
internal sealed class ResponsePacker
{
    private const int MaxPhrases = PlannedResponse.FirstLiteral - PlannedResponse.FirstPhrase;

    /// <summary>Where phrases and statuses lie is said with 16 bits.</summary>
    private const int MaxPhraseLength = 255;

    /// <summary>What an entry of the table of phrases takes.</summary>
    private const int PhraseEntryLength = sizeof(ushort);

    private const string LineEnd = "\r\n";

    private readonly IReadOnlyList<ResponsePlan> _responses;
    private readonly bool _hasTimes;
    private readonly List<Token> _tokens = new();
    private readonly Dictionary<string, int> _tokenOfText = new();

    /// <summary>The heads that are no end of another one, as tokens.</summary>
    private readonly List<List<int>> _sequences = new();

    private ResponsePacker(IReadOnlyList<ResponsePlan> responses, bool hasTimes)
    {
        _responses = responses;
        _hasTimes = hasTimes;
    }

    /// <summary>Packs the responses.</summary>
    /// <param name="responses">The table.</param>
    /// <param name="hasTimes">Whether the time of the last change lies before what has an entity tag.</param>
    internal static ResponsePacking Pack(IReadOnlyList<ResponsePlan> responses, bool hasTimes) => new ResponsePacker(responses, hasTimes).Pack();

    private ResponsePacking Pack()
    {
        // A 304 has no lines but those at the end of the response that it stands for.
        List<int>[] ends = new List<int>[_responses.Count];
        List<int>?[] beginnings = new List<int>?[_responses.Count];
        var hosts = new int[_responses.Count];
        for (int i = 0; i < _responses.Count; i++)
        {
            hosts[i] = -1;
        }

        foreach ((ResponsePlan response, int index) in _responses.Select((response, index) => (response, index)))
        {
            if (response.NotModified != 0 && hosts[response.NotModified] < 0 && EndsWith(response.Message, _responses[response.NotModified].Message))
            {
                hosts[response.NotModified] = index;
            }
        }

        for (int i = 0; i < _responses.Count; i++)
        {
            ResponseMessage message = _responses[i].Message;
            int notModified = _responses[i].NotModified;
            if (notModified != 0 && hosts[notModified] == i)
            {
                ends[i] = ends[notModified] = Tokens(_responses[notModified].Message, 0);
                beginnings[i] = Tokens(message, Fields(_responses[notModified].Message).Length);
            }
            else if (hosts[i] < 0)
            {
                ends[i] = Tokens(message, 0);
            }
        }

        for (int i = 0; i < _responses.Count; i++)
        {
            if (hosts[i] < 0)
            {
                _sequences.Add(ends[i]);
            }

            if (beginnings[i] is { } beginning)
            {
                _sequences.Add(beginning);
            }
        }

        Merge();
        ChoosePhrases();
        return Write(ends, beginnings, hosts);
    }

    /// <summary>The field lines.</summary>
    private static string Fields(ResponseMessage message)
    {
        string head = Encoding.UTF8.GetString(message.Head.ToArray());
        return head.Substring(head.IndexOf('\n') + 1);
    }

    private static bool EndsWith(ResponseMessage message, ResponseMessage end) => Fields(message).EndsWith("\n" + Fields(end), System.StringComparison.Ordinal);

    /// <summary>The field lines as names, values and ends of lines; without those at the end that have so many characters.</summary>
    private List<int> Tokens(ResponseMessage message, int withoutLast)
    {
        string fields = Fields(message);
        string entityTag = Encoding.UTF8.GetString(message.Head.ToArray(), message.EntityTag, message.EntityTagLength);
        var tokens = new List<int>();
        foreach (string line in fields.Substring(0, fields.Length - withoutLast).Split(["\r\n"], System.StringSplitOptions.RemoveEmptyEntries))
        {
            int value = line.IndexOf(": ", System.StringComparison.Ordinal) + 2;
            tokens.Add(TokenOf(line.Substring(0, value)));
            if (message.EntityTagLength > 0 && line == "ETag: " + entityTag)
            {
                // It is compared with, and so is there as it is.
                _tokens.Add(new Token(entityTag, null, IsPinned: true));
                tokens.Add(_tokens.Count - 1);
            }
            else
            {
                // A tab may be in a value, and is a phrase of its own.
                foreach (string text in line.Substring(value).Replace("\t", "\n\t\n").Split(['\n'], System.StringSplitOptions.RemoveEmptyEntries))
                {
                    tokens.Add(TokenOf(text));
                }
            }

            tokens.Add(TokenOf(LineEnd));
        }

        return tokens;
    }

    private int TokenOf(string text)
    {
        if (!_tokenOfText.TryGetValue(text, out int token))
        {
            token = _tokens.Count;
            _tokens.Add(new Token(text, null, IsPinned: false));
            _tokenOfText.Add(text, token);
        }

        return token;
    }

    /// <summary>Makes one token of two that often are neighbours, as long as that saves bytes; each time those where it saves most.</summary>
    private void Merge()
    {
        for (int merges = 0; merges < 2 * MaxPhrases; merges++)
        {
            int[] uses = Uses();
            var pairs = new Dictionary<(int, int), int>();
            foreach (List<int> sequence in _sequences)
            {
                for (int i = 1; i < sequence.Count; i++)
                {
                    (int, int) pair = (sequence[i - 1], sequence[i]);
                    pairs[pair] = pairs.TryGetValue(pair, out int count) ? count + 1 : 1;
                }
            }

            (int Left, int Right) best = default;
            int most = 0;
            foreach (KeyValuePair<(int Left, int Right), int> pair in pairs)
            {
                (int left, int right) = pair.Key;
                string text = _tokens[left].Text + _tokens[right].Text;
                if (pair.Value < 2 || left == right || _tokens[left].IsPinned || _tokens[right].IsPinned || text.Length > MaxPhraseLength)
                {
                    continue;
                }

                int saved = Cost(_tokens[left].Text, uses[left]) + Cost(_tokens[right].Text, uses[right])
                    - Cost(_tokens[left].Text, uses[left] - pair.Value) - Cost(_tokens[right].Text, uses[right] - pair.Value) - Cost(text, pair.Value);
                if (saved > most)
                {
                    most = saved;
                    best = pair.Key;
                }
            }

            if (most == 0)
            {
                return;
            }

            _tokens.Add(new Token(_tokens[best.Left].Text + _tokens[best.Right].Text, best, IsPinned: false));
            foreach (List<int> sequence in _sequences)
            {
                for (int i = 1; i < sequence.Count; i++)
                {
                    if (sequence[i - 1] == best.Left && sequence[i] == best.Right)
                    {
                        sequence[i - 1] = _tokens.Count - 1;
                        sequence.RemoveAt(i);
                    }
                }
            }
        }
    }

    /// <summary>Decides which tokens are phrases; what is none and has an end of a line in it is taken apart again.</summary>
    private void ChoosePhrases()
    {
        while (true)
        {
            int[] uses = Uses();
            int[] phrases = Enumerable.Range(0, _tokens.Count)
                .Where(token => uses[token] > 0 && IsPhrase(token, uses[token]))
                .OrderByDescending(token => MustBePhrase(token) ? int.MaxValue : Saved(token, uses[token]))
                .Take(MaxPhrases)
                .ToArray();
            int other = Enumerable.Range(0, _tokens.Count).FirstOrDefault(
                token => uses[token] > 0 && _tokens[token].Parts is not null && HasControl(_tokens[token].Text) && !phrases.Contains(token));
            if (other == 0)
            {
                for (int i = 0; i < phrases.Length; i++)
                {
                    _tokens[phrases[i]] = _tokens[phrases[i]] with { Phrase = i };
                }

                return;
            }

            (int left, int right) = _tokens[other].Parts!.Value;
            foreach (List<int> sequence in _sequences)
            {
                for (int i = 0; i < sequence.Count; i++)
                {
                    if (sequence[i] == other)
                    {
                        sequence[i] = left;
                        sequence.Insert(i + 1, right);
                    }
                }
            }
        }
    }

    private bool IsPhrase(int token, int uses)
        => !_tokens[token].IsPinned && (MustBePhrase(token) || _tokens[token].Text.Length <= MaxPhraseLength && Saved(token, uses) > 0);

    private bool MustBePhrase(int token) => _tokens[token].Parts is null && HasControl(_tokens[token].Text);

    private int Saved(int token, int uses) => uses * _tokens[token].Text.Length - CostOfPhrase(_tokens[token].Text, uses);

    private static bool HasControl(string text) => text.Any(character => character < PlannedResponse.FirstLiteral);

    /// <summary>The bytes that a text takes which is used so many times.</summary>
    private static int Cost(string text, int uses)
    {
        int phrase = CostOfPhrase(text, uses);
        return uses == 0 ? 0 : HasControl(text) || phrase < uses * text.Length ? phrase : uses * text.Length;
    }

    private static int CostOfPhrase(string text, int uses) => uses + text.Length + PhraseEntryLength;

    private int[] Uses()
    {
        int[] uses = new int[_tokens.Count];
        foreach (int token in _sequences.SelectMany(sequence => sequence))
        {
            uses[token]++;
        }

        return uses;
    }

    private ResponsePacking Write(List<int>[] ends, List<int>?[] beginnings, int[] hosts)
    {
        var parts = new List<MessagePart>();
        int offset = 0;
        var phrases = new List<int> { 0 };
        foreach (Token phrase in _tokens.Where(token => token.Phrase >= 0).OrderBy(token => token.Phrase))
        {
            Add($"code {PlannedResponse.FirstPhrase + phrase.Phrase}", "", Encoding.UTF8.GetBytes(phrase.Text), 0);
            phrases.Add(offset);
        }

        var statuses = new Dictionary<int, int>();
        foreach (int status in _responses.Select(response => response.Message.Status).Distinct())
        {
            statuses.Add(status, offset);
            Add($"the status {status}", "", Encoding.ASCII.GetBytes(Status(status)), 0);
        }

        var packed = new PackedResponse[_responses.Count];
        for (int i = 0; i < _responses.Count; i++)
        {
            ResponseMessage message = _responses[i].Message;
            if (hosts[i] >= 0)
            {
                continue;
            }

            var bytes = new List<byte>();
            if (_hasTimes && message.EntityTag != 0)
            {
                uint time = _responses[i].LastModified;
                bytes.AddRange([(byte)time, (byte)(time >> 8), (byte)(time >> 16), (byte)(time >> 24)]);
            }

            int fields = bytes.Count;
            int head = offset + fields;
            int entityTag = 0;
            Append(bytes, beginnings[i] ?? [], ref entityTag);
            int end = offset + bytes.Count;
            Append(bytes, ends[i], ref entityTag);
            packed[i] = new PackedResponse(head, statuses[message.Status], _responses[i].NotModified == 0 ? 0 : entityTag - fields);
            if (beginnings[i] is not null)
            {
                packed[_responses[i].NotModified] = new PackedResponse(end, statuses[304], 0);
            }

            bool isStatus = message.Body.Bytes.Count > 0 && message.Body.Bytes.SequenceEqual(Encoding.ASCII.GetBytes(Status(message.Status)));
            bytes.Add(isStatus ? PlannedResponse.BodyIsStatus : message.Body.Asset is null ? PlannedResponse.BodyFollows : PlannedResponse.BodyIsAsset);
            int body = bytes.Count;
            if (message.Body.Asset is { Entry: var entry })
            {
                bytes.AddRange([(byte)entry, (byte)(entry >> 8), (byte)(entry >> 16), (byte)(entry >> 24)]);
            }
            else if (!isStatus)
            {
                bytes.AddRange(message.Body.Bytes);
            }

            Add($"{i}: {_responses[i].Name}", Encoding.UTF8.GetString(message.Head.ToArray()), bytes, body, fields, message.Body.Asset?.Entry);
        }

        // The engine copies so many at a time.
        const int rest = ResponseRoom.Block - 1;
        Add($"{rest} bytes more may be read, and are not sent", "", new byte[rest], rest);
        return new ResponsePacking(new EquatableArray<int>(phrases), new EquatableArray<PackedResponse>(packed), new EquatableArray<MessagePart>(parts));

        void Add(string title, string head, IReadOnlyCollection<byte> bytes, int body, int fields = 0, int? asset = null)
        {
            parts.Add(new MessagePart(title, head, offset, new EquatableArray<byte>(bytes), body, fields, asset));
            offset += bytes.Count;
        }
    }

    private void Append(List<byte> bytes, List<int> tokens, ref int entityTag)
    {
        foreach (Token token in tokens.Select(token => _tokens[token]))
        {
            if (token.IsPinned)
            {
                entityTag = bytes.Count;
            }

            if (token.Phrase >= 0)
            {
                bytes.Add((byte)(PlannedResponse.FirstPhrase + token.Phrase));
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(token.Text));
            }
        }
    }

    /// <summary>The rest of a status line; with a LF for its end, which the engine makes a CRLF, it is also the content of an error.</summary>
    private static string Status(int status) => $"{status} {ReasonPhrase.Of(status)}\n";

    /// <summary>A piece of a head.</summary>
    /// <param name="Text">The piece.</param>
    /// <param name="Parts">Those that it was made of; null where it was not.</param>
    /// <param name="IsPinned">Whether it has to stand for itself.</param>
    private sealed record Token(string Text, (int Left, int Right)? Parts, bool IsPinned)
    {
        /// <summary>Which phrase it is; -1 where it is none.</summary>
        internal int Phrase { get; init; } = -1;
    }
}
