using System;

namespace SyscallServer;

/// <summary>Answers requests from some addresses only. Others get 403, before any of their body is read.</summary>
/// <remarks>
/// <para>
/// The client is the one that the access log names: the one that is connected, the one that a trusted proxy names (<see cref="TcpServerAttribute.TrustedProxies"/>), or the one of the PROXY protocol. A trusted proxy whose field names no address is
/// refused. Clients of a Unix socket have no address: <c>"unix:"</c> allows them.
/// </para>
/// <para>
/// Which requests it has, is as with <see cref="BasicAuthAttribute"/>: of several attributes the one with the longest path decides, and the path of <see cref="HealthCheckAttribute"/> is always open. A request that needs credentials, too, has to have
/// both.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// [TcpServer(Port = 8080, TrustedProxies = ["10.0.0.7"])]
/// [StaticFiles("/", "wwwroot")]
/// [AllowFrom("10.0.0.0/8", "2001:db8::/32", Path = "/internal/*")]
/// static partial class Site;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AllowFromAttribute : Attribute
{
    /// <summary>Answers requests from some addresses only.</summary>
    /// <param name="addresses">Blocks of addresses (CIDR): <c>"10.0.0.0/8"</c>, <c>"2001:db8::/32"</c>, one address, or <c>"unix:"</c>.</param>
    public AllowFromAttribute(params string[] addresses) => Addresses = addresses;

    /// <summary>Blocks of addresses.</summary>
    public string[] Addresses { get; }

    /// <summary>The path, or a prefix with a star. Default: <c>/*</c>, everything.</summary>
    public string Path { get; set; } = "/*";

    /// <summary>The methods that are answered to them only, as in <c>["PUT", "DELETE"]</c>: "GET" (which is HEAD too), "POST", "PUT", "DELETE", "PATCH". Default: every method, also those that no route has.</summary>
    public string[] Methods { get; set; } = [];
}
