using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using SyscallServer.Tasks.Link;
using SyscallServer.Tests.Shared;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Link;

/// <summary>What is no object, or does not hold together, is an error that says so: never another exception, and never an endless loop.</summary>
public class HostileObjectTests
{
    private static byte[] Good => new ElfBuilder().Code("_start", new byte[8]).To("x", 0).Constant("x", [1, 2, 3], 8).Variable("v", new byte[4]).Zeros("z", 40).Bytes();

    private static readonly int Iterations = (Setting.Number("FUZZ_ITERATIONS") ?? 50_000) / 100;

    private static byte[] StartCode => File.ReadAllBytes(Repository.Path("runtime", "Freestanding", "linux-x64", "StartCode.o"));

    public static TheoryData<string, int, byte, string> Faults => new()
    {
        { "no magic", 0, 1, "'x.o' is no object that can be linked: it does not begin as one." },
        { "32 bits", 4, 1, "it is not of 64 bits, little-endian and version 1" },
        { "big-endian", 5, 2, "it is not of 64 bits, little-endian and version 1" },
        { "another version", 6, 2, "it is not of 64 bits, little-endian and version 1" },
        { "an executable", 16, 2, "its type is 2, and that of a relocatable object 1" },
        { "another processor", 18, 40, "it is for the machine 40, which this linker does not know" },
        { "headers of another size", 58, 40, "its section headers are said to have 40 bytes" },
        { "headers beyond the end", 41, 255, "is cut off, or no object: it has " },
        { "too many sections", 61, 255, "sections have no room in it" },
        { "names in no section", 62, 200, "the names of its sections are said to be in section 200, and it has " },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_header_that_is_not_that_of_an_object_is_an_error(string what, int offset, byte value, string message)
    {
        Assert.NotEmpty(what);
        byte[] bytes = Good;
        bytes[offset] = value;
        Assert.Contains(message, Assert.Throws<LinkException>(() => ElfObject.Read("x.o", bytes)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 32, 0x7FFFFFFFFFFFFFFF, "is said to have 9223372036854775807 bytes")]
    [InlineData(1, 24, 0x7FFFFFFFFFFFFFF0, "is cut off, or no object")]
    [InlineData(1, 24, -1, "is cut off, or no object")]
    [InlineData(1, 48, 3, "the alignment of section '__managedcode' is 3, which is no power of two")]
    [InlineData(1, 0, 0xFFFFFF, "a name is said to begin at byte 16777215 of a table that has ")]
    [InlineData(5, 32, 25, "section '.symtab' has 25 bytes, which is no number of entries of 24")]
    [InlineData(5, 40, 99, "the names of symbols is said to be for section 99, and there are ")]
    [InlineData(7, 4, 9, "has relocations without addends")]
    [InlineData(7, 40, 1, "is said to use section 1, which is not the table of symbols")]
    [InlineData(7, 44, 77, "'.rela__managedcode' is said to be for section 77, and there are ")]
    public void A_section_that_does_not_hold_together_is_an_error(int section, int field, long value, string message)
    {
        byte[] bytes = Good;
        int at = (int)BitConverter.ToUInt64(bytes, 40) + (section * Elf.SectionHeaderBytes) + field;
        if (field is 0 or 4 or 40 or 44)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), (int)value);
        }
        else
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), value);
        }

        Assert.Contains(message, Assert.Throws<LinkException>(() => ElfObject.Read("x.o", bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_that_is_cut_off_anywhere_is_an_error()
        => Assert.All(Enumerable.Range(0, Good.Length), length => Assert.Throws<LinkException>(() => ElfObject.Read("x.o", Good.AsMemory(0, length))));

    [Fact]
    public void Another_object_is_named_when_it_is_for_another_processor_or_empty()
        => Assert.Contains("'empty.o'", Assert.Throws<LinkException>(() => ElfObject.Read("empty.o", Array.Empty<byte>())).Message, StringComparison.Ordinal);

    /// <summary>Some bytes of an object are others: it is linked, or not, and that is said.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_object_with_bytes_at_random_is_linked_or_refused(bool isLarge)
    {
        byte[] good = isLarge ? StartCode : Good;
        string entry = isLarge ? "RhpThrowEx" : "_start";
        Assert.NotEmpty(Linking.Link([ElfObject.Read("x.o", good)], entry).Image);
        for (int seed = 0; seed < Iterations; seed++)
        {
            var random = new Random(seed);
            byte[] bytes = [.. good];
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                // More often where the headers are.
                int start = random.Next(2) == 0 ? (int)Math.Min(BitConverter.ToUInt64(good, 40), (ulong)good.Length - 1) : 0;
                bytes[random.Next(start, bytes.Length)] = (byte)(random.Next(3) == 0 ? 255 : random.Next(256));
            }

            try
            {
                ElfObject[] objects = [ElfObject.Read("x.o", bytes)];
                LinkResult result = Linking.Link(objects, entry);
                _ = UndefinedReferences.Of(objects, result.Undefined).ToArray();
                _ = LineTable.Of(objects[0]);
            }
            catch (LinkException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                Assert.Fail($"seed {seed}: {exception}");
            }
        }
    }
}
