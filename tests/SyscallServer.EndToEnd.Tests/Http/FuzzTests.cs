using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Shared;
using Xunit;
using Xunit.Sdk;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>
/// Damaged requests, several on a connection. <c>FUZZ_ITERATIONS=1000000 ./test.sh --filter Fuzz</c> runs for hours; a failure names its seed, and
/// <c>FUZZ_SEED=N</c> replays it.
/// </summary>
public partial class FuzzTests
{
    private const int DefaultIterations = 2000;

    /// <summary>Longer requests are the limits' business.</summary>
    private const int LongestRequest = 1000;

    [Theory]
    [SomeEngines]
    public async Task Each_request_gets_one_response_however_it_is_split(Host host, Concurrency engine)
    {
        await using ServerProcess server = await HttpServer.StartAsync(host, engine);
        string[] requests = [.. (await HttpServer.CasesAsync(server.Port)).Select(one => one.Request).Where(request => request.Length <= LongestRequest).Select(Encoding.Latin1.GetString)];
        int first = Setting.Number("FUZZ_SEED") ?? 0;
        int count = Setting.Number("FUZZ_ITERATIONS") ?? (first != 0 ? 1 : DefaultIterations);
        await Parallel.ForEachAsync(Enumerable.Range(first, count), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (seed, _) =>
        {
            var random = new Random(seed);
            string stream = Mutation.Stream(random, requests);
            try
            {
                await CheckAsync(server.Port, stream, random);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                throw new XunitException($"FUZZ_SEED={seed}: {exception.Message}\nThe requests:\n{Escaped(stream)}");
            }
        });
    }

    /// <summary>What says which answers are right must itself be right about all the answers that are known.</summary>
    [Fact]
    public void The_model_contradicts_no_case()
    {
        foreach (HttpCase one in HttpCases.All.Concat(HttpCases.Conditional("\"a\"", "\"b\"")).Concat(HttpCases.Malformed))
        {
            RequestModel.Item request = RequestModel.Next(Encoding.Latin1.GetString(one.Request), 0);
            bool isError = one.Closes && one.Statuses.Intersect([400, 408, 413, 414, 417, 431, 501, 505]).Any();
            Assert.True(
                request.Outcome switch
                {
                    RequestModel.Outcome.Good => !isError && request.Closes == one.Closes && request.End == one.Request.Length,
                    RequestModel.Outcome.Bad or RequestModel.Outcome.Unfinished => isError,
                    _ => request.Outcome == RequestModel.Outcome.Either,
                },
                $"{one.Name}: {request}");
        }
    }

    private static async Task CheckAsync(int port, string stream, Random random)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(stream);
        byte[] whole = await AnswersAsync(port, [bytes]);
        CheckAnswers(stream, whole);
        int end = EndOfPieces(stream);
        if (end < 0)
        {
            return;
        }

        byte[] split = await AnswersAsync(port, Mutation.Split(random, bytes[..end]));
        if (Timeless(whole) != Timeless(split))
        {
            throw new XunitException($"the answers depend on how the bytes were split:\n{Escaped(Timeless(whole))}\n\n{Escaped(Timeless(split))}");
        }
    }

    /// <summary>
    /// How much of a stream a client may send in pieces. Behind a request with which it ends the connection it must not send anything (RFC 9112, section 9.6): the server has closed by then, and the client is reset. What
    /// is sent at once is read before that, and so may go on.
    /// </summary>
    /// <returns>-1 where it is a matter of dispute where that request ends.</returns>
    private static int EndOfPieces(string stream)
    {
        for (int position = 0; ;)
        {
            RequestModel.Item request = RequestModel.Next(stream, position);
            if (request.Outcome is not (RequestModel.Outcome.Good or RequestModel.Outcome.Either))
            {
                return stream.Length;
            }

            if (request.Closes)
            {
                return request.Outcome == RequestModel.Outcome.Good || request.End == stream.Length ? request.End : -1;
            }

            position = request.End;
        }
    }

    /// <summary>All that the server has to say to a client that ends its side behind its requests.</summary>
    private static async Task<byte[]> AnswersAsync(int port, IEnumerable<byte[]> pieces)
    {
        using Client client = await Client.ConnectAsync(port);
        foreach (byte[] piece in pieces)
        {
            await client.SendAsync(piece);
        }

        client.EndSending();
        return await client.ReadBytesToEndAsync();
    }

    /// <summary>One response for each request up to the one that closes, and none behind it.</summary>
    private static void CheckAnswers(string stream, byte[] answers)
    {
        int at = 0;
        for (int position = 0; ;)
        {
            RequestModel.Item request = RequestModel.Next(stream, position);
            if (request.Outcome == RequestModel.Outcome.End)
            {
                Assert.True(at == answers.Length, "there is a response to nothing");
                return;
            }

            if (request.Outcome == RequestModel.Outcome.Unfinished && at == answers.Length)
            {
                return;
            }

            HttpResponse response = Take(request.Method);
            if (request.MayContinue && response.Status == 100)
            {
                if (request.Outcome == RequestModel.Outcome.Unfinished && at == answers.Length)
                {
                    return;
                }

                response = Take(request.Method);
            }

            string what = $"\"{Escaped(stream[position..request.End])}\" is {request.Outcome}, and gets {response}";
            bool isError = response.Status is 400 or 408 or 413 or 414 or 417 or 431 or 501 or 505 && response.Closes;
            Assert.True(request.Outcome is not RequestModel.Outcome.Good || (!isError && response.Closes == request.Closes), what);
            Assert.True(request.Outcome is not (RequestModel.Outcome.Bad or RequestModel.Outcome.Unfinished) || isError, what);
            if (request.Outcome == RequestModel.Outcome.Good && request.Method == "GET" && Sentinels().Match(request.Target) is { Success: true } sentinel && response.Status == 200)
            {
                Assert.Equal(Sentinel.Body(sentinel.Groups[1].Value[0] - '0'), response.Text);
            }

            if (response.Closes)
            {
                Assert.True(at == answers.Length, $"behind the last response there is another, and {what}");
                return;
            }

            position = request.End;
        }

        HttpResponse Take(string method)
        {
            HttpResponse? response = HttpResponse.Take(answers.AsSpan(at), method, out int length);
            at += length;
            return response ?? throw new XunitException($"{(at < answers.Length ? "half a" : "no")} response, behind {Escaped(Encoding.Latin1.GetString(answers, 0, at))}");
        }
    }

    /// <summary>Without what may differ: the time, and whether some of a body was there before a 100 was due.</summary>
    private static string Timeless(byte[] answers)
        => Dates().Replace(Encoding.Latin1.GetString(answers), "").Replace("HTTP/1.1 100 Continue\r\n\r\n", "", StringComparison.Ordinal);

    private static string Escaped(string text)
        => string.Concat(text.Select(c => c switch { '\r' => "\\r", '\n' => "\\n\n", < ' ' or > '~' => $"\\x{(int)c:x2}", _ => $"{c}" }));

    [GeneratedRegex("Date: [^\r]*")]
    private static partial Regex Dates();

    [GeneratedRegex(@"\A/sentinel-([0-7])\z")]
    private static partial Regex Sentinels();
}
