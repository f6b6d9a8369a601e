using System;
using System.Linq;
using System.Text;
using Xunit.Sdk;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>A request and what it gets.</summary>
/// <param name="Name">What is special in it.</param>
/// <param name="Request">Its bytes.</param>
/// <param name="Statuses">The status that it gets; several where there is a choice.</param>
internal sealed record HttpCase(string Name, byte[] Request, params int[] Statuses)
{
    /// <summary>A request as text, one character for each byte.</summary>
    internal HttpCase(string name, string request, params int[] statuses)
        : this(name, Encoding.Latin1.GetBytes(request), statuses)
    {
    }

    /// <summary>Whether the response is the last of the connection.</summary>
    internal bool Closes { get; init; }

    /// <summary>The body; null where it does not matter.</summary>
    internal string? Body { get; init; }

    /// <summary>Fields with their values; one without a value must not be there.</summary>
    internal (string Name, string? Value)[] Fields { get; init; } = [];

    private string FirstLine => Encoding.Latin1.GetString(Request).TrimStart('\r', '\n').Split('\n')[0].TrimEnd('\r');

    internal string Method => FirstLine.Split(' ')[0];

    private bool IsHttp10 => FirstLine.EndsWith(" HTTP/1.0", StringComparison.Ordinal);

    /// <summary>Whether there may be a 100 before the response: that depends on whether the server has seen some of the body.</summary>
    internal bool MayContinue => !IsHttp10 && Encoding.Latin1.GetString(Request).Contains("100-continue", StringComparison.OrdinalIgnoreCase);

    /// <summary>Compares what came.</summary>
    internal void Check(HttpResponse response)
    {
        string? wrong = !Statuses.Contains(response.Status) ? $"{string.Join(" or ", Statuses)} was due"
            : response["Connection"] != (Closes ? "close" : IsHttp10 ? "keep-alive" : null) ? $"the connection is to be {(Closes ? "closed" : "kept")}"
            : Body is not null && response.Text != Body ? $"the body should be \"{Body}\""
            : Fields.Where(field => response[field.Name] != field.Value).Select(field => $"{field.Name} should be {field.Value ?? "absent"}").FirstOrDefault();
        if (wrong is not null)
        {
            throw new XunitException($"{wrong}, and there came {response}");
        }
    }

    public override string ToString() => Name;
}
