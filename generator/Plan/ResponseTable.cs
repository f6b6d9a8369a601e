using System.Collections.Generic;
using System.Linq;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Plan;

/// <summary>The table of responses while it grows. Responses with equal variants have one entry.</summary>
internal sealed class ResponseTable
{
    private readonly List<Entry> _entries = new();
    private readonly Dictionary<ResponseVariants, int> _indices = new();

    /// <summary>Adds a response, unless it is there.</summary>
    /// <returns>Its entry.</returns>
    internal int Add(string name, ResponseMessage message) => Add(name, ResponseVariants.Only(message));

    /// <summary>Adds a response and behind it its variants, unless they are there: the 304, and the one with gzip with its 304, and the same with br.</summary>
    /// <returns>The entry of the response itself.</returns>
    internal int Add(string name, ResponseVariants variants)
    {
        if (_indices.TryGetValue(variants, out int index))
        {
            Entry known = _entries[index];
            if (!known.Names.Contains(name))
            {
                known.Names.Add(name);
            }

            return index;
        }

        index = _entries.Count;
        _indices.Add(variants, index);
        Entry entry = AddVariant(name, variants.Identity, variants.NotModified, variants.LastModified);
        entry.Placeholders = variants.Placeholders;
        entry.WhileEnding = variants.WhileEnding;
        entry.IsLogged = variants.IsLogged;
        entry.Live = variants.Live;
        if (variants.Gzip is not null)
        {
            entry.Gzip = _entries.Count;
            AddVariant(name + ", gzip", variants.Gzip, variants.GzipNotModified, variants.LastModified);
        }

        if (variants.Brotli is not null)
        {
            entry.Brotli = _entries.Count;
            AddVariant(name + ", br", variants.Brotli, variants.BrotliNotModified, variants.LastModified);
        }

        return index;
    }

    /// <summary>How many entries there are.</summary>
    internal int Count => _entries.Count;

    /// <summary>Adds a response behind all others, also where the same is there already: the engine knows it by its place.</summary>
    internal void AddNew(string name, ResponseVariants variants) => AddVariant(name, variants.Identity, notModified: null, lastModified: 0).Live = variants.Live;

    private Entry AddVariant(string name, ResponseMessage message, ResponseMessage? notModified, uint lastModified)
    {
        var entry = new Entry(name, message) { LastModified = lastModified };
        _entries.Add(entry);
        entry.NotModified = AddNotModified(name, notModified);
        return entry;
    }

    internal EquatableArray<ResponsePlan> ToPlan()
        => new(_entries.Select(entry => new ResponsePlan(entry.Name, entry.Message, entry.NotModified, entry.Gzip, entry.Brotli, entry.LastModified) { Placeholders = entry.Placeholders, WhileEnding = entry.WhileEnding, IsLogged = entry.IsLogged, Live = entry.Live }));

    /// <summary>Adds a 304 right behind its response, also where the same is there already: the engine knows it by its place.</summary>
    private int AddNotModified(string name, ResponseMessage? message)
    {
        if (message is null)
        {
            return 0;
        }

        _entries.Add(new Entry(name + ", not modified", message));
        return _entries.Count - 1;
    }

    private sealed class Entry(string name, ResponseMessage message)
    {
        internal List<string> Names { get; } = [name];

        internal ResponseMessage Message { get; } = message;

        internal int NotModified { get; set; }

        internal int Gzip { get; set; }

        internal int Brotli { get; set; }

        internal uint LastModified { get; init; }

        internal EquatableArray<PlaceholderSpec> Placeholders { get; set; }

        internal int WhileEnding { get; set; }

        internal bool IsLogged { get; set; } = true;

        internal LiveFile? Live { get; set; }

        internal string Name => Names.Count <= 3 ? string.Join("; ", Names) : $"{Names[0]}; and {Names.Count - 1} others";
    }
}
