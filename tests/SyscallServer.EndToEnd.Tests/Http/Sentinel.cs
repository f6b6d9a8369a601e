using System.Text;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>
/// A request whose response cannot be mistaken for another's. Sent behind a request it shows whether the server goes on where the
/// request ends.
/// </summary>
internal static class Sentinel
{
    /// <summary>How many different ones there are.</summary>
    internal const int Count = 8;

    internal static string Text(int number) => $"GET /sentinel-{number % Count} HTTP/1.1\r\nHost: sentinel\r\n\r\n";

    internal static byte[] Request(int number) => Encoding.Latin1.GetBytes(Text(number));

    internal static string Body(int number) => $"sentinel {number % Count}\n";

    internal static void Check(HttpResponse response, int number)
    {
        Assert.Equal((200, Body(number), null), (response.Status, response.Text, response["Connection"]));
    }
}
