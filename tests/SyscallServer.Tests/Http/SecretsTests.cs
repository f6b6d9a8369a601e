using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using SyscallServer.Internal.Features;
using SyscallServer.Internal.Process;
using SyscallServer.Tests.Handlers;
using Xunit;

namespace SyscallServer.Tests.Http;

/// <summary>Where a server has its users and tokens from, what it says of those that are malformed, and what is left of them.</summary>
public class SecretsTests
{
    private const string NotUser = "is not name:password, nor {SHA256} with 64 hexadecimal digits\n";
    private const string NotToken = "is no token (RFC 6750), nor {SHA256} with 64 hexadecimal digits\n";

    private static string Digest(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static bool Knows(Type site, string credentials)
        => HandlerExchange.Of(site, $"GET / HTTP/1.1\r\nHost: h\r\nAuthorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}\r\n\r\n").StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);

    private static bool KnowsToken(Type site, string token)
        => HandlerExchange.Of(site, $"GET / HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {token}\r\n\r\n").StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);

    [Theory]
    [InlineData("a:1", "a:1")]
    [InlineData(" a:1\n", "a:1")]
    [InlineData("a:1 b:2\tc:3\r\nd:4\n", "a:1", "b:2", "c:3", "d:4")]
    [InlineData("a:b:c", "a:b:c")]
    [InlineData("a:,;#\"'", "a:,;#\"'")]
    [InlineData("gr\u00fc\u00dfe:\u4e16\u754c", "gr\u00fc\u00dfe:\u4e16\u754c")]
    [InlineData("{SHA256}:x", "{SHA256}:x")]
    public void A_variable_has_users_with_white_space_in_between(string value, params string[] users)
    {
        Assert.Equal("", SecretsKernel.Start(typeof(VariableSite), "USER=z:9", "USERS_=z:9", "USERS=" + value));
        Assert.All(users, user => Assert.True(Knows(typeof(VariableSite), user)));
        Assert.False(Knows(typeof(VariableSite), "z:9"));
        Assert.False(Knows(typeof(VariableSite), value + " "));
    }

    [Theory]
    [InlineData("a:1")]
    [InlineData("a:with blanks")]
    [InlineData("a:")]
    public void One_may_be_there_as_its_hash(string user)
    {
        foreach (string hash in (string[])[Digest(user), Digest(user).ToLowerInvariant()])
        {
            Assert.Equal("", SecretsKernel.Start(typeof(VariableSite), $"USERS=b:2 {{SHA256}}{hash}"));
            Assert.True(Knows(typeof(VariableSite), user));
            Assert.False(Knows(typeof(VariableSite), $"{{SHA256}}{hash}"));
        }
    }

    [Theory]
    [InlineData("a", 1, NotUser)]
    [InlineData("a:", 1, NotUser)]
    [InlineData(":1", 1, NotUser)]
    [InlineData("a:1 b", 2, NotUser)]
    [InlineData("{SHA256}abc", 1, NotUser)]
    [InlineData("{SHA256}g000000000000000000000000000000000000000000000000000000000000000", 1, NotUser)]
    [InlineData("{SHA1}00000000000000000000000000000000000000000000000000000000000000000", 1, NotUser)]
    public void What_is_malformed_ends_the_start_and_is_not_repeated(string value, int number, string message)
    {
        Assert.Equal($"USERS: secret {number} {message}", SecretsKernel.Start(typeof(VariableSite), "USERS=" + value));
        Assert.False(Knows(typeof(VariableSite), "a:1") && number == 1);
    }

    [Fact]
    public void A_secret_is_as_long_as_is_hashed_for_a_request()
    {
        string longest = "a:" + new string('x', 245);
        Assert.Equal("", SecretsKernel.Start(typeof(VariableSite), "USERS=" + longest));
        Assert.True(Knows(typeof(VariableSite), longest));
        Assert.Equal($"USERS: secret 1 {NotUser}", SecretsKernel.Start(typeof(VariableSite), $"USERS={longest}x"));
    }

    [Fact]
    public void Without_a_secret_there_is_no_start()
    {
        const string notSet = "USERS: not set; the server needs this variable of the environment, with secrets\n";
        Assert.Equal(notSet, SecretsKernel.Start(typeof(VariableSite)));
        Assert.Equal(notSet, SecretsKernel.Start(typeof(VariableSite), "USERS="));
        Assert.Equal(notSet, SecretsKernel.Start(typeof(VariableSite), "XUSERS=a:1", "USERS2=a:1", "USERS"));
        Assert.Equal("USERS: there is no secret in it\n", SecretsKernel.Start(typeof(VariableSite), "USERS= \n"));
        SecretsKernel.HasNoMemory = true;
        Assert.StartsWith("mmap: ", SecretsKernel.Start(typeof(VariableSite), "USERS=a:1"), StringComparison.Ordinal);
        SecretsKernel.HasNoMemory = false;
        Assert.Equal("", SecretsKernel.Start(typeof(VariableSite), "USERS=a:1"));
    }

    [Fact]
    public void Of_a_variable_nothing_is_left_good_or_bad()
    {
        foreach (string value in (string[])["a:1", "a:1 b:2 c"])
        {
            string[] variables = ["PORT=80", "USERS=" + value];
            _ = SecretsKernel.Start(typeof(VariableSite), variables);
            Assert.Equal(["PORT=80", "USERS="], variables);
        }
    }

    [Theory]
    [InlineData("abc", true)]
    [InlineData("aZ09-._~+/==", true)]
    [InlineData("mF_9.B5f-4.1JqM", true)]
    [InlineData("==", false)]
    [InlineData("a=b", false)]
    [InlineData("a:b", false)]
    [InlineData("a,b", false)]
    [InlineData("\u00fc", false)]
    public void A_token_is_one_that_can_be_sent(string token, bool isGood)
    {
        Assert.Equal(isGood ? "" : $"TOKENS: secret 1 {NotToken}", SecretsKernel.Start(typeof(TokenSite), "TOKENS=" + token, "CREDENTIALS_DIRECTORY=/run/credentials/x"));
        Assert.Equal(isGood, KnowsToken(typeof(TokenSite), token));
    }

    [Fact]
    public void A_file_has_them_too_and_one_without_a_folder_is_a_credential_of_the_service()
    {
        SecretsKernel.Files = new() { ["/run/secrets/users"] = "a:1\nb:2\n"u8.ToArray(), ["/run/credentials/site.service/tokens"] = "t0ken\n"u8.ToArray() };
        Assert.Equal("", SecretsKernel.Start(typeof(FileSite), "CREDENTIALS_DIRECTORY=/run/credentials/site.service"));
        Assert.True(Knows(typeof(FileSite), "a:1"));
        Assert.True(Knows(typeof(FileSite), "b:2"));
        Assert.True(KnowsToken(typeof(FileSite), "t0ken"));
        Assert.False(KnowsToken(typeof(FileSite), "b:2"));
        Assert.False(Knows(typeof(FileSite), "t0ken"));

        Assert.Equal("tokens: CREDENTIALS_DIRECTORY is not set; systemd sets it for LoadCredential=\n", SecretsKernel.Start(typeof(FileSite)));
        Assert.Equal("tokens: CREDENTIALS_DIRECTORY is not set; systemd sets it for LoadCredential=\n", SecretsKernel.Start(typeof(FileSite), "CREDENTIALS_DIRECTORY=" + new string('/', 20_000)));
        Assert.Equal("tokens: no such file\n", SecretsKernel.Start(typeof(FileSite), "CREDENTIALS_DIRECTORY=/run"));
        SecretsKernel.Files = new() { ["/run/secrets/users"] = [] };
        Assert.Equal("/run/secrets/users: there is no secret in it\n", SecretsKernel.Start(typeof(FileSite)));
        SecretsKernel.Files["/run/secrets/users"] = "a:1\nb\n"u8.ToArray();
        Assert.Equal($"/run/secrets/users: secret 2 {NotUser}", SecretsKernel.Start(typeof(FileSite)));
    }

    [Fact]
    public void There_are_256_at_most()
    {
        string[] users = [.. Enumerable.Range(0, 257).Select(i => $"user{i}:{new string('x', 57)}")];
        SecretsKernel.Files = new() { ["/run/secrets/users"] = Encoding.ASCII.GetBytes(string.Join("\n", users[..255])), ["/c/tokens"] = "t0ken"u8.ToArray() };
        Assert.Equal("", SecretsKernel.Start(typeof(FileSite), "CREDENTIALS_DIRECTORY=/c"));
        Assert.All(users[..255], user => Assert.True(Knows(typeof(FileSite), user)));
        Assert.True(KnowsToken(typeof(FileSite), "t0ken"));
        Assert.False(Knows(typeof(FileSite), users[255]));
        SecretsKernel.Files["/c/tokens"] = "t0ken further"u8.ToArray();
        Assert.Equal("tokens: too many; all users and tokens of a server are 256 at most\n", SecretsKernel.Start(typeof(FileSite), "CREDENTIALS_DIRECTORY=/c"));
        SecretsKernel.Files["/run/secrets/users"] = new byte[256 * 72 + 1];
        Assert.Equal("/run/secrets/users: the file is too long; 256 secrets are the most\n", SecretsKernel.Start(typeof(FileSite), "CREDENTIALS_DIRECTORY=/c"));
    }

    [Fact]
    public void Each_attribute_has_its_own()
    {
        Assert.Equal("", SecretsKernel.Start(typeof(SharedVariableSite), "USERS=a:1", "OTHERS=b:2"));
        foreach ((string path, string user, bool isIn) in ((string, string, bool)[])[("/a", "a:1", true), ("/a", "b:2", false), ("/b", "a:1", true), ("/b", "b:2", false), ("/c", "a:1", false), ("/c", "b:2", true)])
        {
            string response = HandlerExchange.Of(typeof(SharedVariableSite), $"GET {path} HTTP/1.1\r\nHost: h\r\nAuthorization: Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes(user))}\r\n\r\n");
            Assert.StartsWith(isIn ? "HTTP/1.1 200 " : "HTTP/1.1 401 ", response, StringComparison.Ordinal);
        }
    }

    [Fact]
    public unsafe void Failures_are_counted_by_the_minute()
    {
        Secrets* secrets;
        Assert.True(Secrets.Open<SecretsKernel, NoSettings>(out secrets));
        for (int minute = 5; minute < 8; minute++)
        {
            SecretsKernel.Seconds = minute * 60;
            for (int i = 0; i < 60; i++)
            {
                SecretsKernel.Seconds += i % 2;
                Assert.False(Secrets.CountFailure<SecretsKernel>(secrets));
            }

            Assert.True(Secrets.CountFailure<SecretsKernel>(secrets));
            SecretsKernel.Seconds = minute * 60 + 59;
            Assert.True(Secrets.CountFailure<SecretsKernel>(secrets));
        }
    }

    private readonly struct NoSettings : IServer
    {
        public static int Backlog => 0;

        public static int MaxConnections => 0;

        public static int ReadTimeout => 0;

        public static int WriteTimeout => 0;

        public static int GracePeriod => 0;
    }
}

[TcpServer]
[StaticResponse("/", "x")]
[BasicAuth("/*", "x", Users = "USERS")]
internal static partial class VariableSite;

[TcpServer]
[StaticResponse("/", "x")]
[BearerAuth("/*", "x", Tokens = "TOKENS")]
internal static partial class TokenSite;

[TcpServer]
[StaticResponse("/", "x")]
[BasicAuth("/*", "x", UsersFile = "/run/secrets/users")]
[BearerAuth("/*", "x", TokensFile = "tokens")]
internal static partial class FileSite;

[TcpServer]
[StaticResponse("/*", "x")]
[BasicAuth("/a/*", "x", Users = "USERS")]
[BasicAuth("/b/*", "x", Users = "USERS")]
[BasicAuth("/c/*", "x", Users = "OTHERS")]
internal static partial class SharedVariableSite;
