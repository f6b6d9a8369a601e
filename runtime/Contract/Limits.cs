namespace SyscallServer.Internal.Contract;

/// <summary>A number that can be set.</summary>
/// <param name="normal">What it is where nobody says.</param>
/// <param name="least">The least that it may be.</param>
/// <param name="greatest">The greatest.</param>
/// <param name="hint">What a message adds for somebody who wants another.</param>
internal readonly struct Limit(int normal, int least, int greatest, string hint)
{
    /// <summary>What it is where nobody says.</summary>
    internal int Default => normal;

    /// <summary>The least that it may be.</summary>
    internal int Least => least;

    /// <summary>The greatest that it may be.</summary>
    internal int Greatest => greatest;

    /// <summary>What a message adds for somebody who wants another.</summary>
    internal string Hint => hint;
}

/// <summary>
/// The limits of a server, each with its reason. The generator compiles this file too, so what it takes where an attribute
/// does not say is what the attribute has.
/// </summary>
internal static class Limits
{
    /// <summary>8080: the port that servers are tried at, and one that needs no privilege.</summary>
    internal static readonly Limit Port = new(8080, 0, 65535, "0 lets the kernel choose a free port");

    /// <summary>4096: as many as Linux keeps by default; a burst waits rather than be refused.</summary>
    internal static readonly Limit Backlog = new(4096, 1, 65535, "Linux allows 4096 unless net.core.somaxconn says otherwise");

    /// <summary>32 workers, each with one connection: keep-alive clients of a few users, or of a proxy's pool, with a few kilobytes for each.</summary>
    internal static readonly Limit PreforkWorkers = new(32, 1, MaxWorkers, WorkersHint);

    /// <summary>0 stands for one per CPU that may be used: a loop never waits for a client, so more would only compete.</summary>
    internal static readonly Limit EventLoopWorkers = new(0, 0, MaxWorkers, WorkersHint);

    /// <summary>1024 processes: some 16 MB, and a small part of the process ids that Linux has by default.</summary>
    internal static readonly Limit ForkConnections = new(1024, 1, 32768, "each connection is a process, and Linux has 32768 process ids by default");

    /// <summary>65536 connections: at most 8 MiB of the server's own, with which a machine's other limits are met first.</summary>
    internal static readonly Limit EventLoopConnections = new(65536, 1, 1 << 20, "each is an open descriptor, and Linux allows 1048576 in a process unless fs.nr_open says otherwise");

    /// <summary>10 seconds for a head, or a piece of a body: a dozen round trips of a bad line, with losses. Whoever needs longer holds a place on purpose (slowloris).</summary>
    internal static readonly Limit ReadTimeout = new(10, 1, 3600, "it is in seconds");

    /// <summary>30 seconds in which nothing at all is taken: TCP itself tries again after 1, 3, 7 and 15 seconds.</summary>
    internal static readonly Limit WriteTimeout = new(30, 1, 3600, "it is in seconds");

    /// <summary>60 seconds: browsers and proxies keep connections for about as long; less would cost handshakes, more would keep places for nothing.</summary>
    internal static readonly Limit IdleTimeout = new(60, 1, 3600, "it is in seconds");

    /// <summary>8 seconds: docker stop kills after 10, Kubernetes after 30.</summary>
    internal static readonly Limit GracePeriod = new(8, 0, 3600, "it is in seconds, and 0 ends running connections at once");

    /// <summary>No delay before the end. 240 seconds are longer than what waits for a server to end: Kubernetes does so for 30, systemd for 90, ECS for 120 at most.</summary>
    internal static readonly Limit DrainDelay = new(0, 0, MaxDrainDelay, "it is in seconds, and 0 begins to end the server at once");

    /// <summary>The values of AccessLogMode.</summary>
    internal static readonly Limit AccessLog = new(0, 0, 2, "write AccessLogMode.Never, AccessLogMode.Optional or AccessLogMode.Always");

    /// <summary>The values of AccessLogFormat.</summary>
    internal static readonly Limit AccessLogFormat = new(0, 0, 2, "write AccessLogFormat.Common, AccessLogFormat.Combined or AccessLogFormat.Json");

    /// <summary>8000 bytes: what a server should at least take (RFC 9112, section 3).</summary>
    internal static readonly Limit TargetBytes = new(8000, 64, 65536, "RFC 9112 recommends at least 8000, and each connection has memory for it");

    /// <summary>8 KiB: eight times what a browser sends with a few cookies, and the usual limit of others.</summary>
    internal static readonly Limit HeaderBytes = new(8192, 256, 65536, "a browser sends about 1000, and each connection has memory for it");

    /// <summary>1 MiB: forms and documents of APIs; a body costs time, not memory.</summary>
    internal static readonly Limit BodyBytes = new(1 << 20, 0, 1 << 30, "0 allows no body, and 1 GiB is the most");

    /// <summary>
    /// 16 KiB of a request to a handler: forms that people fill in, documents of APIs. A process that serves one connection has memory for it, of which 1 MiB is as much as fits on the stack of a process beside what else lies there;
    /// larger things are files.
    /// </summary>
    internal static readonly Limit HandlerBodyBytes = new(16 * 1024, 0, 1 << 20, "a request has memory for it until its body is complete, and larger things are files");

    /// <summary>
    /// 128 MiB of requests whose bodies are still to come, in each process of an event loop: some thousands of forms, or a hundred bodies of 1 MiB. The least has room for one of the longest body beside the longest head.
    /// </summary>
    internal static readonly Limit RequestMemory = new(128 << 20, 2 << 20, 1 << 30, "a request has a part of it until its body is complete, and 2 MiB is enough for the longest one");

    /// <summary>8 KiB of a response of a handler: a page, or a document of an API; as much as a head may have, so that both are about a third of an output. The most, 1 MiB, is as with requests.</summary>
    internal static readonly Limit HandlerResponseBytes = new(8 * 1024, 0, 1 << 20, "each process has memory for it");

    /// <summary>
    /// The longest page of 503 of an event loop, 16 KiB: a client that there is no place for gets it in one write, and nobody is there to send the rest. So much a socket takes at once that nothing was sent
    /// through yet (net.ipv4.tcp_wmem, of which the second number is 16 KiB).
    /// </summary>
    internal const int TurnedAwayPageBytes = 16 * 1024;

    /// <summary>
    /// 4096 bytes that a new connection takes in one write, whatever its buffer: the smallest that there can be is 4,608 bytes with what the kernel needs for itself (SOCK_MIN_SNDBUF). For a longer response a
    /// client may have to be waited for.
    /// </summary>
    internal const int BytesOfOneWrite = 4096;

    /// <summary>The longest content that is compiled into a program, 1 MiB: a page, not a download.</summary>
    internal const int ContentBytes = 1 << 20;

    /// <summary>The longest delay before the end, in seconds: one byte holds it. The message of --drain-delay says it too.</summary>
    internal const int MaxDrainDelay = 240;

    /// <summary>The longest page of [Metrics]: with the greatest numbers 5,800 bytes, which a test writes, and room for the name and the version of the program.</summary>
    internal const int MetricsBytes = 5_800 + 2 * MetricsLabelLength;

    /// <summary>As much of each of those as a name of a file may have: NAME_MAX.</summary>
    internal const int MetricsLabelLength = 255;

    /// <summary>The most workers: enough for any machine, and few enough to be looked through.</summary>
    internal const int MaxWorkers = 256;

    /// <summary>The most endpoints of a server: as many as anybody has addresses, and few enough to be polled.</summary>
    internal const int MaxEndpoints = 8;

    /// <summary>The most folders of [Files]: each is two descriptors, from 512 on, and 1,024 is the usual limit.</summary>
    internal const int MaxRoots = 256;

    /// <summary>The most users and tokens of a server: each request with credentials is compared with all of them, at two nanoseconds each. More people than that are better known to a proxy.</summary>
    internal const int MaxSecrets = 256;

    /// <summary>The longest secret, a name with its password or a token: with what SHA-256 adds, 4 blocks of 64 bytes. So nobody can have the server hash more.</summary>
    internal const int SecretBytes = 4 * 64 - 9;

    /// <summary>The longest file of secrets: room for all of them at some 64 bytes each, as their hashes take.</summary>
    internal const int SecretFileBytes = MaxSecrets * 72;

    /// <summary>For how long browsers may keep the answer to a preflight, in seconds. Firefox keeps it for a day at most, and Chromium for two hours.</summary>
    internal static readonly Limit CorsMaxAge = new(0, 0, 86400, "browsers keep an answer for a day at most");

    /// <summary>The most origins of a [Cors]: there are sets of field lines for each.</summary>
    internal const int MaxCorsOrigins = 64;

    /// <summary>The most sets of field lines: each is some words of the program, the compiler plans them all, and a connection remembers in 16 bits which it is.</summary>
    internal const int MaxFieldSets = 16384;

    /// <summary>How long wrong credentials are counted together, in seconds: a minute, after which clients are told to come again.</summary>
    internal const int FailureWindowSeconds = 60;

    /// <summary>Wrong credentials that are answered with 401 within it; further ones get 429. People who mistype stay far below, and so does what is set up wrongly and tries again each second.</summary>
    internal const int FailuresInWindow = 60;

    /// <summary>The longest realm: a line in a window of a browser.</summary>
    internal const int RealmLength = 100;

    /// <summary>The most languages of one path: the largest sites have some dozens more, and then a folder for each.</summary>
    internal const int MaxLanguages = 32;

    /// <summary>The most languages that a client may name: each is compared with all that there are. Browsers have a handful.</summary>
    internal const int LanguageRanges = 100;

    /// <summary>The longest value that a file gets from a variable of the environment, 16 KiB: addresses, names and keys, and no documents.</summary>
    internal const int VariableBytes = 16 * 1024;

    /// <summary>The longest file that gets values, 1 MiB: the page of an app, or its configuration, and not all of the app. The build looks no further, too.</summary>
    internal const int FilledFileBytes = 1 << 20;

    /// <summary>The most places of a server that get values: with the longest in all of them some 100 MiB.</summary>
    internal const int MaxPlaceholders = 1000;

    /// <summary>The longest file of [Upload]: what people send each other. It is on the disk of whoever said more; up to a tebibyte there is some sense in one request.</summary>
    internal const long DefaultUploadBytes = 1 << 24;
    internal const long MaxUploadBytes = 1L << 40;

    private const string WorkersHint = "each is a process, and more than there are CPUs are of use only where connections wait for each other";
}
