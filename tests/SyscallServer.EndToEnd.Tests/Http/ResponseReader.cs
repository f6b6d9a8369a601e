using System;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit.Sdk;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>Reads responses from a connection, one behind the other, and how it ends.</summary>
internal sealed class ResponseReader(Client client)
{
    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <summary>The next response, interim ones too.</summary>
    /// <param name="method">The method of its request.</param>
    internal async Task<HttpResponse> ReadAsync(string method = "GET")
    {
        while (true)
        {
            if (_end > _start && HttpResponse.Take(_buffer.AsSpan(_start, _end - _start), method, out int length) is { } response)
            {
                _start += length;
                return response;
            }

            if (await ReceiveAsync() == 0)
            {
                throw new XunitException($"the connection ends where a response was to come, after \"{Rest}\"");
            }
        }
    }

    /// <summary>The next response, and before it a 100 (Continue) where the request asked for one and it came.</summary>
    internal async Task<HttpResponse> ReadFinalAsync(string method, bool mayContinue)
    {
        HttpResponse response = await ReadAsync(method);
        return mayContinue && response.Status == 100 ? await ReadAsync(method) : response;
    }

    /// <summary>Sees to it that the server ends the connection, in order, without another byte.</summary>
    internal async Task EndAsync()
    {
        if (_end > _start || await ReceiveAsync() > 0)
        {
            throw new XunitException($"the connection should end, and there comes \"{Rest}\"");
        }
    }

    private string Rest => Encoding.Latin1.GetString(_buffer, _start, Math.Min(_end - _start, 1000));

    private async Task<int> ReceiveAsync()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        try
        {
            int count = await client.ReceiveAsync(_buffer.AsMemory(_end));
            _end += count;
            return count;
        }
        catch (SocketException exception)
        {
            throw new XunitException($"{exception.SocketErrorCode} instead of an orderly end, after \"{Rest}\"");
        }
        catch (OperationCanceledException)
        {
            throw new XunitException($"nothing comes, after \"{Rest}\"");
        }
    }
}
