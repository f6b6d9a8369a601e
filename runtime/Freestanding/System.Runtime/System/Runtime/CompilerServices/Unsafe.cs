namespace System.Runtime.CompilerServices;

/// <summary>
/// References treated as pointers. The AOT compiler writes most of these itself; the bodies say the same thing in C#, which they can
/// because nothing ever moves.
/// </summary>
public static unsafe class Unsafe
{
    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void* AsPointer<T>(ref T value)
        where T : allows ref struct
    {
        fixed (T* pointer = &value)
        {
            return pointer;
        }
    }

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T AsRef<T>(void* source)
        where T : allows ref struct
        => ref *(T*)source;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T AsRef<T>(scoped ref readonly T source)
        where T : allows ref struct
    {
        fixed (T* pointer = &source)
        {
            return ref *pointer;
        }
    }

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T As<T>(object? o)
        where T : class?
        => *(T*)&o;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref TTo As<TFrom, TTo>(ref TFrom source)
        where TFrom : allows ref struct
        where TTo : allows ref struct
        => ref *(TTo*)AsPointer(ref source);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SizeOf<T>()
        where T : allows ref struct
        => sizeof(T);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Add<T>(ref T source, int elementOffset)
        where T : allows ref struct
        => ref *((T*)AsPointer(ref source) + elementOffset);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Add<T>(ref T source, nint elementOffset)
        where T : allows ref struct
        => ref *((T*)AsPointer(ref source) + elementOffset);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Add<T>(ref T source, nuint elementOffset)
        where T : allows ref struct
        => ref *((T*)AsPointer(ref source) + elementOffset);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void* Add<T>(void* source, int elementOffset)
        where T : allows ref struct
        => (T*)source + elementOffset;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Subtract<T>(ref T source, int elementOffset)
        where T : allows ref struct
        => ref *((T*)AsPointer(ref source) - elementOffset);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Subtract<T>(ref T source, nint elementOffset)
        where T : allows ref struct
        => ref *((T*)AsPointer(ref source) - elementOffset);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T AddByteOffset<T>(ref T source, nint byteOffset)
        where T : allows ref struct
        => ref *(T*)((byte*)AsPointer(ref source) + byteOffset);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T AddByteOffset<T>(ref T source, nuint byteOffset)
        where T : allows ref struct
        => ref *(T*)((byte*)AsPointer(ref source) + byteOffset);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T SubtractByteOffset<T>(ref T source, nint byteOffset)
        where T : allows ref struct
        => ref *(T*)((byte*)AsPointer(ref source) - byteOffset);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint ByteOffset<T>(ref readonly T origin, ref readonly T target)
        where T : allows ref struct
        => (nint)((byte*)AsPointer(ref AsRef(in target)) - (byte*)AsPointer(ref AsRef(in origin)));

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreSame<T>(ref readonly T left, ref readonly T right)
        where T : allows ref struct
        => AsPointer(ref AsRef(in left)) == AsPointer(ref AsRef(in right));

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAddressLessThan<T>(ref readonly T left, ref readonly T right)
        where T : allows ref struct
        => AsPointer(ref AsRef(in left)) < AsPointer(ref AsRef(in right));

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAddressGreaterThan<T>(ref readonly T left, ref readonly T right)
        where T : allows ref struct
        => AsPointer(ref AsRef(in left)) > AsPointer(ref AsRef(in right));

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T NullRef<T>()
        where T : allows ref struct
        => ref *(T*)null;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNullRef<T>(ref readonly T source)
        where T : allows ref struct
        => AsPointer(ref AsRef(in source)) == null;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read<T>(void* source)
        where T : allows ref struct
        => *(T*)source;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ReadUnaligned<T>(void* source)
        where T : allows ref struct
        => *(T*)source;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ReadUnaligned<T>(scoped ref readonly byte source)
        where T : allows ref struct
        => *(T*)AsPointer(ref AsRef(in source));

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(void* destination, T value)
        where T : allows ref struct
        => *(T*)destination = value;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUnaligned<T>(void* destination, T value)
        where T : allows ref struct
        => *(T*)destination = value;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteUnaligned<T>(ref byte destination, T value)
        where T : allows ref struct
        => *(T*)AsPointer(ref destination) = value;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SkipInit<T>(out T value)
        where T : allows ref struct
        // Not to be reached: an out parameter must be assigned in C#, and the AOT compiler puts a plain return in its place.
        => value = default!;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyBlock(void* destination, void* source, uint byteCount)
        => SpanHelpers.Memmove(ref *(byte*)destination, ref *(byte*)source, byteCount);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyBlockUnaligned(void* destination, void* source, uint byteCount)
        => SpanHelpers.Memmove(ref *(byte*)destination, ref *(byte*)source, byteCount);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InitBlock(void* startAddress, byte value, uint byteCount)
        => SpanHelpers.Fill(ref *(byte*)startAddress, value, byteCount);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void InitBlockUnaligned(void* startAddress, byte value, uint byteCount)
        => SpanHelpers.Fill(ref *(byte*)startAddress, value, byteCount);
}
