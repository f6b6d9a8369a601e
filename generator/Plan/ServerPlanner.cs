using System;
using System.Collections.Generic;
using System.Linq;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Plan;

/// <summary>Decides everything about a server. Knows HTTP bytes, system calls and machine code, but no Roslyn.</summary>
internal static class ServerPlanner
{
    /// <summary>The bytes that one connection of a raw response reads at most: as many as the origin's buffer held.</summary>
    internal const int RequestBufferSize = 1024;

    internal static ServerPlan Plan(ServerSpec spec, ProgramSpec program, bool hasEntryPoint)
    {
        if (program is { HasLiveAssets: true, IsForArm64: false } && spec.Http is { HasAssets: true } live && !live.Routes.Any(route => route.Response is { Placeholders.Count: > 0 }))
        {
            spec = spec with { Http = live with { HasLiveAssets = true } };
        }

        HttpPlan? http = spec.Http is null ? null : HttpPlanner.Plan(spec.Http);
        var code = new MachineCode();
        PlannedCall[] calls = ReachableCalls(spec).Select(SystemCalls.Named).OrderBy(call => call.X64)
            .Select(call => new PlannedCall(call, code.AddStub(call)))
            .ToArray();
        return new ServerPlan(
            spec,
            program.Name,
            Scheme: spec.Http is null ? "tcp" : "http",
            http,
            MemorySize(spec, http),
            Help(spec, program),
            $"{program.Name} {program.Version}\n",
            Options(spec),
            hasEntryPoint,
            HasStubs: !program.IsForArm64,
            Calls: new EquatableArray<PlannedCall>(calls),
            SignalForwarder: code.AddSignalForwarder(),
            SignalRestorer: code.AddSignalRestorer());
    }

    /// <summary>
    /// The calls of the code that the emitted server runs. A test follows the compiled code from <c>Serve</c> and compares; the
    /// list is also what a seccomp filter has to allow.
    /// </summary>
    private static IEnumerable<string> ReachableCalls(ServerSpec spec)
    {
        string[] commandLine = spec.HasCommandLineInterface ? ["write", "getsockname"] : [];
        string[] signals = ["rt_sigaction", "rt_sigprocmask", "signalfd4", "getpid", "gettid"];
        string[] listener = ["socket", "setsockopt", "bind", "listen"];
        string[] endpoints = ["getsockname", "connect", "close", "lstat", "chmod", "unlink", "openat2", "flock", "poll"];
        string[] serviceManager = ["getpid", "getsockopt", "fcntl", "sendto", "close"];
        string[] forkParent = ["poll", "read", "accept", "fork", "close", "wait4", "kill", "alarm"];
        string[] longResponse = IsLong(spec) ? ["fcntl"] : [];
        string[] rawChild = ["close", "read", "write", .. longResponse, "shutdown", spec.Listening is null ? "recvfrom" : "clock_gettime", "exit"];
        string[] httpChild = ["close", "poll", "read", "recvfrom", "write", "writev", "fcntl", "shutdown", "clock_gettime", "exit"];
        string[] supervisor = ["sched_getaffinity", "poll", "read", "fork", "exit", "close", "wait4", "kill", "prctl", "getpid", "getppid", "clock_gettime"];
        string[] preforkWorker = ["epoll_create1", "epoll_ctl", "epoll_wait", "accept", .. httpChild];
        string[] eventLoop =
        [
            "prlimit64", "mmap", "madvise", "epoll_create1", "epoll_ctl", "epoll_wait", "timerfd_create", "timerfd_settime",
            "accept4", "read", "recvfrom", "sendto", "writev", "shutdown", "close", "clock_gettime",
        ];
        string[][] engine = spec.Concurrency switch
        {
            ConcurrencyKind.Fork => [forkParent, spec.Http is null ? rawChild : httpChild],
            ConcurrencyKind.Prefork => [supervisor, preforkWorker],
            _ => [supervisor, eventLoop],
        };
        bool hasFiles = spec.Http is not null && spec.Http.Routes.Any(route => route.Action is FilesSpec);
        bool hasUploads = spec.Http is not null && spec.Http.Routes.Any(route => route.Action is UploadSpec);
        string[] uploads = hasUploads ? ["openat2", "fcntl", "prlimit64", "fstat", "write", "fsync", "flock", "getdents64", "linkat", "renameat", "unlinkat", "close", "clock_gettime"] : [];
        bool hasHandlers = spec.Http is not null && (Handlers(spec.Http).Any() || spec.Http.HasMetrics);
        string[] handlers = hasHandlers ? ["clock_gettime", "write", "getpeername"] : [];
        string[] files = hasFiles ? ["openat2", "fcntl", "prlimit64", "fstat", "sendfile", "sendto", "close", "clock_gettime"] : [];
        string[] drainDelay = spec.DrainDelay is null ? [] : ["alarm", "kill", "getpid"];
        string[] healthCheck = spec.HealthCheckPath is null ? [] : spec.Http is null ? ["connect"] : ["connect", "writev", "read"];
        string[] metrics = spec.Http is { HasMetrics: true } ? ["mmap", "clock_gettime"] : [];
        string[] secrets = spec.Http is { Authentication.Count: > 0 } ? ["mmap", "clock_gettime"] : [];
        string[] secretFiles = spec.Http is not null && spec.Http.Authentication.Any(guard => guard.Secrets.File is not null) ? ["openat2", "read", "close"] : [];
        string[] variables = Variables(spec).Any() ? ["mmap"] : [];
        string[] allowFrom = spec.Http is { AllowFrom.Count: > 0 } ? ["getpeername"] : [];
        string[] accessLog = spec.Http is { HasAccessLog: true } ? ["write", "poll", "clock_gettime"] : [];
        return new[] { commandLine, healthCheck, signals, drainDelay, accessLog, metrics, secrets, secretFiles, variables, allowFrom, files, uploads, handlers, listener, spec.Listening is null ? [] : endpoints, spec.Listening is { HasServiceManager: true } ? serviceManager : [] }
            .Concat(engine).SelectMany(calls => calls).Distinct();
    }

    /// <summary>Whether a raw response is longer than what every socket takes at once.</summary>
    internal static bool IsLong(ServerSpec spec) => spec.Response.Count > Limits.BytesOfOneWrite;

    /// <summary>
    /// What a process needs for its connection; in a parent the ids of its children, and of one that is reaped, have the same place. A multiple of 8, for
    /// the state of the parent comes next.
    /// </summary>
    private static int MemorySize(ServerSpec spec, HttpPlan? plan)
    {
        int children = spec.Concurrency == ConcurrencyKind.Fork ? (spec.MaxConnections + 1) * sizeof(int) : 0;
        int connection = plan is null ? RequestBufferSize : HttpMemorySize(spec.Http!, plan);
        return Layout.Round(Math.Max(children, connection));
    }

    /// <summary>The memory of a process that serves a connection.</summary>
    internal static int HttpMemorySize(HttpSpec http, HttpPlan plan)
        => Layout.Process(plan.LongestResponse, http.MaxTargetBytes, http.MaxHeaderBytes, http.HasFieldSets, http.HasRanges, http.HasActions, http.KeepsClient, http.HasActions ? ExchangeSize(http) : 0, ObserverSize(http));

    private static int ObserverSize(HttpSpec http)
        => http.HasAccessLog
            ? Layout.AccessLog(http.AccessLog.Format, http.TrustedProxies is not null, http.MaxTargetBytes, http.MaxHeaderBytes) + Layout.LoggedClient(http.AccessLog.Format)
            : 0;

    /// <summary>The bytes that an action needs for an exchange.</summary>
    internal static int ExchangeSize(HttpSpec http)
        => Layout.ExchangeSize(
            Layout.InputCapacity(http.MaxTargetBytes, http.MaxHeaderBytes),
            Handlers(http).Select(handler => handler.MaxBodyBytes).DefaultIfEmpty().Max(),
            http.Routes.Any(route => route.Action is UploadSpec));

    private static IEnumerable<HandlerSpec> Handlers(HttpSpec http) => http.Routes.Select(route => route.Action).OfType<HandlerSpec>();

    /// <summary>Columns for the endpoints that are compiled in: what 80 have left beside what is around them.</summary>
    private const int RoomForDefaults = 56;

    /// <summary>At most 80 columns, as far as names, paths and endpoints let it, and fewer lines than a screen has.</summary>
    private static string Help(ServerSpec spec, ProgramSpec program)
        => (spec.Listening is null
            ? $"""
            Usage: {program.Name} [OPTION]...
              --port N     TCP port, 0 to 65535 (default: $PORT or {spec.Port})
              --address A  IPv4 address (default: {DottedDecimal(spec.Address)})
              --quiet      no start-up line{HelpOfAccessLog(spec)}{HelpOfDrainDelay(spec)}{HelpOfHealthCheck(spec)}
              --help       print this
              --version    print the version{HelpOfVariables(spec)}

            """
            : $"""
            Usage: {program.Name} [OPTION]...
              --listen E   0.0.0.0:8080, [::]:8080, unix:/path or unix:@name; again for more{HelpOfProxyWord(spec.Listening)}
                           (default: {string.Join(SeparatorOf(spec.Listening.Texts), spec.Listening.Texts)}){HelpOfBuiltIn(spec.Listening)}{HelpOfManagement(spec.Listening)}
              --quiet      no start-up line{HelpOfAccessLog(spec)}{HelpOfDrainDelay(spec)}{HelpOfHealthCheck(spec)}
              --help       print this
              --version    print the version{HelpOfVariables(spec)}

            """).Replace("\r\n", "\n");

    /// <summary>Each at the place that <see cref="CommandLineOptions"/> says.</summary>
    private static string Options(ServerSpec spec)
    {
        bool hasEndpoints = spec.Listening is not null;
        bool hasManagement = spec.Listening?.Management is not null;
        bool hasDrainDelay = spec.DrainDelay is not null;
        bool hasAccessLog = spec.Http is { AccessLog.Mode: AccessLogKind.Optional };
        (bool IsThere, int Place, string Name)[] options =
        [
            (hasEndpoints, CommandLineOptions.Listen, "--listen="),
            (hasManagement, CommandLineOptions.ListenOfManagement, "--metrics-listen="),
            (hasDrainDelay, CommandLineOptions.DrainDelay(hasEndpoints, hasManagement), "--drain-delay="),
            (hasAccessLog, CommandLineOptions.AccessLog(hasEndpoints, hasManagement, hasDrainDelay), "--access-log"),
            (spec.HealthCheckPath is not null, CommandLineOptions.HealthCheck(hasEndpoints, hasManagement, hasDrainDelay, hasAccessLog), "--healthcheck="),
        ];
        return CommandLineOptions.OfEveryServer + string.Concat(options.Where(option => option.IsThere).OrderBy(option => option.Place).Select(option => option.Name + "\0"));
    }

    private static string HelpOfAccessLog(ServerSpec spec) => spec.Http is { AccessLog.Mode: AccessLogKind.Optional } ? "\n  --access-log a line for each response, to standard output" : "";

    private static string HelpOfProxyWord(ListenSpec listening) => listening.HasPreamble ? $"\n               \"0.0.0.0:8080{ListenSpec.ProxyWord}\": with the header of the PROXY protocol" : "";

    /// <summary>Endpoints that are too long for one line have one each.</summary>
    private static string SeparatorOf(IEnumerable<string> endpoints) => endpoints.Sum(endpoint => endpoint.Length + 2) > RoomForDefaults ? ",\n                         " : ", ";

    private static string HelpOfManagement(ListenSpec listening) => listening.Management is null ? "" : $"\n  --metrics-listen E\n               where the metrics are (default: {listening.ManagementText})";

    private static string HelpOfDrainDelay(ServerSpec spec) => spec.DrainDelay is null ? "" : $"\n  --drain-delay N\n               seconds to go on serving after SIGTERM, 0 to {Limits.MaxDrainDelay} (default: {spec.DrainDelay})";

    /// <summary>The variables that files are filled with, as far as the server needs them to be set.</summary>
    private static IEnumerable<(string Name, bool IsNeeded)> Variables(ServerSpec spec)
        => (spec.Http?.Routes ?? default).SelectMany(route => route.Responses).SelectMany(response => response.Placeholders).GroupBy(placeholder => placeholder.Name).Select(same => (same.Key, same.Any(placeholder => placeholder.Default is null)));

    private static string HelpOfVariables(ServerSpec spec)
        => !Variables(spec).Any() ? "" : "\nVariables of the environment that its files are filled with:" + string.Concat(Variables(spec).OrderBy(variable => variable.Name, StringComparer.Ordinal).Select(variable => $"\n  {variable.Name}{(variable.IsNeeded ? "" : " (has a default)")}"));

    private static string HelpOfHealthCheck(ServerSpec spec)
        => spec.HealthCheckPath is not { } path ? ""
            : path.Length == 0 ? "\n  --healthcheck\n               exit with 0 if the running server accepts"
            : $"\n  --healthcheck [PATH]\n               exit with 0 if the running server is well (default: {path})";

    /// <summary>The options for what is compiled in: as far as it has a port, and an address that could be another.</summary>
    private static string HelpOfBuiltIn(ListenSpec listening)
    {
        int tcp = listening.Endpoints.Count(endpoint => !ListenSpec.IsUnix(endpoint));
        return (tcp > 0 ? "\n  --port N     TCP port of the default, 0 to 65535 ($PORT)" : "")
            + (tcp == 1 && listening.Endpoints.Count == 1 ? "\n  --address A  IP address of the default" : "");
    }

    internal static string DottedDecimal(uint address)
        => $"{address >> 24}.{address >> 16 & 0xFF}.{address >> 8 & 0xFF}.{address & 0xFF}";
}
