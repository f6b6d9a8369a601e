using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Parse.Attributes;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Listening;

namespace SyscallServer.Generator.Parse;

/// <summary>Reads where a server listens: <c>Port</c> and <c>Address</c>, or <c>Listen</c>; <c>SocketMode</c> and <c>Systemd</c>.</summary>
internal sealed class ListenParser
{
    /// <summary>The most endpoints of a list.</summary>
    internal const int MaxEndpoints = Limits.MaxEndpoints;

    /// <summary>What says where to listen without a list.</summary>
    private static readonly string[] Alternatives = ["Port", "Address"];

    private readonly AttributeReader _server;
    private readonly Problems _problems;
    private readonly List<EndpointRole> _roles = [];
    private readonly HashSet<string> _addresses = [];
    private bool _allowsWord;

    internal ListenParser(AttributeReader server, Problems problems)
    {
        _server = server;
        _problems = problems;
    }

    /// <summary>The address, most significant number first, where it is one of IPv4 and there is no list.</summary>
    internal uint Address { get; private set; }

    internal int Port { get; private set; }

    /// <summary>The first endpoint that other machines may reach; null where there is none.</summary>
    internal string? PublicEndpoint { get; private set; }

    /// <summary>Reads it all.</summary>
    /// <param name="concurrency">Workers listen in the form with endpoints always.</param>
    /// <param name="hasCommandLineInterface">Without one there is no environment, and so no service manager.</param>
    /// <param name="isHttp">Whether it speaks HTTP, and so may read the header of the PROXY protocol.</param>
    /// <param name="metrics">Its [Metrics], which may have an endpoint of its own.</param>
    /// <returns>Null where an IPv4 address and a port say everything.</returns>
    internal ListenSpec? Parse(ConcurrencyKind concurrency, bool hasCommandLineInterface, bool isHttp, AttributeReader? metrics)
    {
        _allowsWord = isHttp;
        bool hasManagement = metrics?.Has(AttributeTable.MetricsListen) == true;
        Port = _server.Number("Port", Limits.Port, _problems);
        string endpoint = ParseAddress(out bool isIPv4);
        bool isList = _server.Has("Listen");
        bool systemd = _server.Flag("Systemd", false);
        if (systemd && !hasCommandLineInterface)
        {
            _problems.Report(Descriptors.SettingWithoutEffect, _server.LocationOf("Systemd"), "Systemd", "a server without a command-line interface, which does not look at its environment");
        }

        int mode = SocketMode();
        if (!isList && !hasManagement && isIPv4 && concurrency == ConcurrencyKind.Fork && !systemd)
        {
            if (_server.Has("SocketMode"))
            {
                _problems.Report(Descriptors.SettingWithoutEffect, _server.LocationOf("SocketMode"), "SocketMode", "a server that has no Unix socket; Listen gives it one");
            }

            return null;
        }

        List<string> endpoints = isList ? ParseList(hasManagement ? MaxEndpoints - 1 : MaxEndpoints) : AddressOnly(endpoint);
        string? management = hasManagement ? ParseManagement(metrics!) : null;
        EndpointRole ordinary = isHttp && _server.Flag("ProxyProtocol", false) ? EndpointRole.Preamble : EndpointRole.Ordinary;
        return new ListenSpec(
            new EquatableArray<string>(endpoints),
            mode,
            HasServiceManager: hasCommandLineInterface && (systemd || concurrency != ConcurrencyKind.Fork))
        {
            Management = management,
            OrdinaryRole = ordinary,
            Roles = new EquatableArray<byte>(hasManagement || _roles.Contains(EndpointRole.Preamble)
                ? _roles.Select(role => (byte)((role & EndpointRole.Management) != 0 ? role : role | ordinary))
                : []),
        };
    }

    private unsafe List<string> AddressOnly(string endpoint)
    {
        Endpoint parsed = default;
        if (Parse(endpoint, &parsed) == EndpointError.None && AddressOf(&parsed) is { } address)
        {
            _addresses.Add(address);
        }

        _roles.Add(EndpointRole.Ordinary);
        return [endpoint];
    }

    /// <summary>Where the metrics have an endpoint of their own.</summary>
    private string ParseManagement(AttributeReader metrics)
    {
        string text = metrics.Text(AttributeTable.MetricsListen) ?? "";
        Location location = metrics.LocationOf(AttributeTable.MetricsListen);
        string endpoint = CutWord(text, EndpointRole.Management);
        if (ParseEndpoint(endpoint, text, location) is { } address && !_addresses.Add(address))
        {
            _problems.Report(Descriptors.MetricsEndpointTaken, location, text);
        }

        return endpoint;
    }

    /// <summary>Takes the word off the text of an endpoint, and remembers the role.</summary>
    private string CutWord(string text, EndpointRole role)
    {
        bool hasWord = _allowsWord && text.EndsWith(ListenSpec.ProxyWord, StringComparison.Ordinal);
        _roles.Add(hasWord ? role | EndpointRole.Preamble : role);
        return hasWord ? text.Substring(0, text.Length - ListenSpec.ProxyWord.Length) : text;
    }

    /// <summary>The address and the port as an endpoint.</summary>
    private unsafe string ParseAddress(out bool isIPv4)
    {
        isIPv4 = true;
        if (_server.Argument("Address") is not { } argument)
        {
            NotePublic("0.0.0.0:" + Port, isReachable: !_server.Has("Listen"));
            return "0.0.0.0:" + Port;
        }

        // A null is no address either.
        string text = argument.Value as string ?? "";
        Endpoint endpoint = default;
        fixed (byte* bytes = Encoding.UTF8.GetBytes(text + "\0"))
        {
            if (text.Contains("\0") || !Endpoint.ParseAddress(bytes, &endpoint))
            {
                _problems.Report(Descriptors.InvalidAddress, _server.LocationOf("Address"), text);
                return text;
            }
        }

        isIPv4 = endpoint.Address.Family == Endpoint.AddressFamilyIPv4;
        byte* address = (byte*)&endpoint.Address + 4; // behind the family and the port, in network byte order
        Address = isIPv4 ? (uint)(address[0] << 24 | address[1] << 16 | address[2] << 8 | address[3]) : 0;
        text = (isIPv4 ? text : $"[{text}]") + ":" + Port;
        NotePublic(text, !IsLoopback(&endpoint));
        return text;
    }

    private void NotePublic(string endpoint, bool isReachable) => PublicEndpoint ??= isReachable ? endpoint : null;

    /// <summary>Whether only this machine reaches an endpoint: 127.0.0.0/8, ::1, ::ffff:127.0.0.0/104, or a Unix socket.</summary>
    private static unsafe bool IsLoopback(Endpoint* endpoint)
    {
        byte* address = (byte*)&endpoint->Address;
        if (endpoint->Address.Family == Endpoint.AddressFamilyIPv4)
        {
            return address[4] == 127;
        }

        if (endpoint->Address.Family != Endpoint.AddressFamilyIPv6)
        {
            return true;
        }

        var bytes = new System.Net.IPAddress(new ReadOnlySpan<byte>(address + 8, 16).ToArray());
        return System.Net.IPAddress.IsLoopback(bytes.IsIPv4MappedToIPv6 ? bytes.MapToIPv4() : bytes);
    }

    private List<string> ParseList(int most)
    {
        foreach (string setting in Alternatives.Where(_server.Has))
        {
            _problems.Report(Descriptors.ListenBesidePort, _server.LocationOf(setting), setting);
        }

        ImmutableArray<TypedConstant> elements = _server.Elements("Listen");
        if ((elements.Length < 1 || elements.Length > most) && _server.Compiles)
        {
            _problems.Report(Descriptors.EndpointCount, _server.LocationOf("Listen"), elements.Length, most);
        }

        var texts = new List<string>();
        for (int i = 0; i < elements.Length; i++)
        {
            string text = elements[i].Value as string ?? "";
            string endpoint = CutWord(text, EndpointRole.Ordinary);
            if (ParseEndpoint(endpoint, text, _server.LocationOf("Listen", i)) is { } address && !_addresses.Add(address))
            {
                _problems.Report(Descriptors.DuplicateEndpoint, _server.LocationOf("Listen", i), text);
            }

            texts.Add(endpoint);
        }

        return texts;
    }

    /// <summary>The address of an endpoint, as text: the same for those that are the same. Null where it is none, or the kernel chooses the port.</summary>
    /// <param name="text">The endpoint.</param>
    /// <param name="written">The same as it was written, with a word behind it.</param>
    /// <param name="location">Where that is.</param>
    private unsafe string? ParseEndpoint(string text, string written, Location location)
    {
        Endpoint endpoint = default;
        EndpointError error = Parse(text, &endpoint);
        if (error != EndpointError.None)
        {
            _problems.Report(error == EndpointError.PathTooLong ? Descriptors.SocketPathTooLong : Descriptors.InvalidEndpoint, location, written, Endpoint.MaxPathLength);
            return null;
        }

        if ((_roles[_roles.Count - 1] & EndpointRole.Management) == 0)
        {
            NotePublic(text, !IsLoopback(&endpoint));
        }

        return AddressOf(&endpoint);
    }

    private static unsafe EndpointError Parse(string text, Endpoint* endpoint)
    {
        fixed (byte* bytes = Encoding.UTF8.GetBytes(text + "\0"))
        {
            return text.Contains("\0") ? EndpointError.Malformed : Endpoint.Parse(bytes, endpoint);
        }
    }

    /// <summary>The same for those that are the same; null where the kernel chooses the port.</summary>
    private static unsafe string? AddressOf(Endpoint* endpoint)
    {
        byte[] address = new byte[endpoint->AddressLength];
        for (int i = 0; i < address.Length; i++)
        {
            address[i] = ((byte*)&endpoint->Address)[i];
        }

        return endpoint->IsTcp && endpoint->Port == 0 ? null : Convert.ToBase64String(address);
    }

    /// <summary>Three octal digits, or four; -1 where nothing is said.</summary>
    private int SocketMode()
    {
        if (_server.Argument("SocketMode") is not { } argument)
        {
            return -1;
        }

        string text = argument.Value as string ?? "";
        if (text.Length is < 3 or > 4 || text.Any(digit => digit is < '0' or > '7') || (text.Length == 4 && text[0] != '0'))
        {
            _problems.Report(Descriptors.InvalidSocketMode, _server.LocationOf("SocketMode"), text);
            return -1;
        }

        return Convert.ToInt32(text, 8);
    }
}
