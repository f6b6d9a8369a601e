using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace SyscallServer.Generator.Model;

/// <summary>
/// An immutable array that is equal to another with equal elements, as the incremental pipeline needs it to see
/// that nothing has changed.
/// </summary>
internal readonly struct EquatableArray<T> : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
    where T : IEquatable<T>
{
    private readonly ImmutableArray<T> _elements;

    internal EquatableArray(IEnumerable<T> elements) => _elements = elements.ToImmutableArray();

    private ImmutableArray<T> Elements => _elements.IsDefault ? ImmutableArray<T>.Empty : _elements;

    public int Count => Elements.Length;

    public T this[int index] => Elements[index];

    public bool Equals(EquatableArray<T> other) => Elements == other.Elements || Elements.SequenceEqual(other.Elements);

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    public override int GetHashCode()
    {
        int hash = Elements.Length;
        foreach (T element in Elements)
        {
            hash = unchecked(hash * 31 + element.GetHashCode());
        }

        return hash;
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)Elements).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
