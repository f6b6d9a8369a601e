using System.Runtime.CompilerServices;

// Of the types that we have, those that net8.0, net9.0 or net10.0 declare here (MemoryMarshal: net8.0 only).
[assembly: TypeForwardedTo(typeof(System.MemoryExtensions))]
[assembly: TypeForwardedTo(typeof(System.Buffers.StandardFormat))]
[assembly: TypeForwardedTo(typeof(System.Buffers.Binary.BinaryPrimitives))]
[assembly: TypeForwardedTo(typeof(System.Buffers.Text.Utf8Formatter))]
[assembly: TypeForwardedTo(typeof(System.Buffers.Text.Utf8Parser))]
[assembly: TypeForwardedTo(typeof(System.Runtime.InteropServices.MemoryMarshal))]
