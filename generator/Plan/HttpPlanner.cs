using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Plan;

/// <summary>Decides everything about what an HTTP server answers.</summary>
internal sealed class HttpPlanner
{
    /// <summary>In the order of RFC 9110, section 9.3.</summary>
    private static readonly string[] MethodOrder = ["GET", "POST", "PUT", "DELETE", "PATCH"];

    private readonly HttpSpec _http;
    private readonly MessageWriter _messages;
    private readonly ResponseTable _responses = new();
    private readonly List<MethodSetPlan> _methods = new();
    private readonly List<RouteLine> _lines = new();
    private readonly List<ActionPlan> _actions = new();
    private readonly List<RootPlan> _roots = new();
    private readonly List<LanguagePlan> _languages = new();

    private HttpPlanner(HttpSpec http)
    {
        _http = http;
        _messages = new MessageWriter(http);
    }

    internal static HttpPlan Plan(HttpSpec http) => new HttpPlanner(http).Plan();

    /// <summary>Adds a line for each guard.</summary>
    private void DescribeGuards(GuardsPlan? guards)
    {
        foreach (AllowFromPlan guard in guards?.AllowFrom ?? default)
        {
            AddLine(MethodsOf(guard.Spec.Scope), guard.Pattern, "403 to other addresses than those that are let in");
        }

        foreach (AuthenticationPlan guard in guards?.Authentication ?? default)
        {
            AddLine(MethodsOf(guard.Scope), guard.Pattern, $"401 without {(guard.Users is null ? "a token" : guard.Tokens is null ? "a password" : "a password or a token")}");
        }

        static string MethodsOf(ScopeSpec scope) => scope.Methods.Count == 0 ? "any method" : string.Join(", ", scope.Methods.Select(method => method == "GET" ? "GET, HEAD" : method));
    }

    /// <summary>Adds a line for each group of routes that has field lines, and for each that pages of other origins may use.</summary>
    private void DescribeFieldSets()
    {
        foreach (FieldGroupSpec group in _http.FieldGroups)
        {
            AddLine("any method", PatternOf(group.Scope), $"with {string.Join(", ", group.Lines.Select(line => line.Name).Concat(group.Removed.Select(name => $"no {name}")))}");
        }

        foreach (CorsSpec cors in _http.Cors)
        {
            AddLine(string.Join(", ", cors.AllowedMethods), PatternOf(cors.Scope), $"for pages of {(cors.Origins[0] == "*" ? "every origin" : string.Join(", ", cors.Origins))}{(cors.HasCredentials ? ", with credentials" : "")}");
        }

        if (_http.FieldRules.Count > 0)
        {
            AddLine("any method", "/*", FormattableString.Invariant($"with what {_http.FieldRules.Count} rules of files say"));
        }
    }

    internal static string PatternOf(ScopeSpec scope) => PathText(scope.Path, default) + (scope.IsPrefix ? "*" : "");

    /// <summary>The value of Allow for a resource whose routes have these methods.</summary>
    internal static string Allow(IEnumerable<string> methods)
        => string.Join(", ", methods.SelectMany(method => method == "GET" ? ["GET", "HEAD"] : new[] { method }).Concat(["OPTIONS"]));

    private HttpPlan Plan()
    {
        PlanFixedResponses();
        (RouteSpec Route, int Response)[] all = _http.Routes.Select(route => (route, PlanResponse(route))).ToArray();
        (RouteSpec Route, int Response)[] routes = all.Where(route => !route.Route.IsOfManagement).ToArray();
        List<RouterPlan> routers = PlanHosts(routes);
        routers.Add(PlanRouter([], PlanResources(routes.Where(route => route.Route.Host.Length == 0)), hasAsterisk: true));
        RouterPlan? management = _http.HasManagement ? PlanRouter([], PlanResources(all.Where(route => route.Route.IsOfManagement)), hasAsterisk: false) : null;
        HostPlan[] hosts = routers.SelectMany((router, index) => router.Hosts.Select(host => new HostPlan(host, index))).ToArray();
        IEnumerable<int> errors = _actions.SelectMany(StatusesOf).Concat(_http.HasParts ? [416] : Array.Empty<int>());
        ErrorEntry[] entries = errors.Distinct().OrderBy(status => status).Select(status => new ErrorEntry(status, _responses.Add($"{status} {ReasonPhrase.Of(status)}", _messages.Error(status, ErrorPage(status))))).ToArray();
        EquatableArray<NotFoundPlan> notFound = PlanNotFound();
        ErrorBackendPlan? backend = _http.ErrorBackend is null ? null : PlanErrorBackend(_http.ErrorBackend);
        RedirectTablePlan? redirects = PlanRedirects();
        GuardsPlan? guards = new GuardPlanner(_http, _messages, _responses).Plan(all);
        DescribeGuards(guards);
        FieldSetsPlan? fieldSets = FieldSetPlanner.Plan(_http, cors => _responses.Add("preflight", _messages.Preflight(FieldSetPlanner.PreflightFields(cors))));
        DescribeFieldSets();
        EquatableArray<ResponsePlan> responses = _responses.ToPlan();
        return new HttpPlan(
            responses,
            ResponsePacker.Pack(responses, _http.HasParts),
            new EquatableArray<MethodSetPlan>(_methods),
            new EquatableArray<RouterPlan>(routers),
            new EquatableArray<HostPlan>(hosts),
            hosts.Length == 0 ? null : RouteTreeBuilder.Build(hosts.Select(host => FoldCase(host.Name)).ToArray(), _ => false),
            new EquatableArray<RouteLine>(_lines),
            new EquatableArray<ActionPlan>(_actions),
            new EquatableArray<ErrorEntry>(entries),
            new EquatableArray<RootPlan>(_roots),
            responses.Select(Room).Concat(_actions.Select(Room)).Append(redirects?.LongestResponse ?? 0).Max() + (fieldSets?.Room ?? 0),
            _messages.FieldLines([]))
        {
            ErrorBackend = backend,
            Languages = new EquatableArray<LanguagePlan>(_languages),
            NotFound = notFound,
            Management = management,
            Redirects = redirects,
            Guards = guards,
            FieldSets = fieldSets,
        };
    }

    private void PlanFixedResponses()
    {
        foreach (int status in FixedResponse.Statuses.ToArray().Select(status => FixedResponse.FirstStatus + status))
        {
            _responses.Add($"{status} {ReasonPhrase.Of(status)}", _messages.Error(status, ErrorPage(status)));
        }

        _responses.Add("OPTIONS *", _messages.Options(Allow(InOrder(_http.Routes.Where(route => !route.IsOfManagement).Select(route => route.Method).Concat(_http.RedirectLines.SelectMany(MethodsOf))))));
    }

    private int PlanResponse(RouteSpec route)
    {
        if (route.Response is null)
        {
            return FixedResponse.FirstAction + PlanAction(route);
        }

        string pattern = route.Host + PathText(route);
        ResponseVariants variants = _messages.Variants(route.Response, route.Method == "GET") with { IsLogged = route.Response.IsLogged };
        string answer = Describe(route.Response, variants);
        if (route.OtherLanguages.Count > 0)
        {
            return PlanLanguages(route, pattern, variants);
        }

        if (route.Response.WhileEnding is { } ending)
        {
            ResponseVariants other = _messages.Variants(ending, isGet: false) with { IsLogged = ending.IsLogged };
            variants = variants with { WhileEnding = _responses.Add($"{route.Method} {pattern} while the server is ending", other) };
            answer += $"; while the server is ending {Describe(ending, other)}";
        }

        AddLine(route.Method == "GET" ? "GET, HEAD" : route.Method, pattern, answer);
        return _responses.Add($"{route.Method} {pattern}", variants);
    }

    /// <summary>Plans a response for each language.</summary>
    /// <returns>That in the default language.</returns>
    private int PlanLanguages(RouteSpec route, string pattern, ResponseVariants variants)
    {
        var languages = new List<(string Tag, int Response)>();
        foreach (ResponseSpec other in route.OtherLanguages)
        {
            ResponseVariants translated = _messages.Variants(other, isGet: true);
            AddLine("GET, HEAD", pattern, $"{Describe(other, translated)}, in {other.Language}");
            languages.Add((other.Language!, _responses.Add($"GET {pattern} in {other.Language}", translated)));
        }

        AddLine("GET, HEAD", pattern, $"{Describe(route.Response!, variants)}, {(route.Response!.Language is { } own ? $"in {own} and " : "")}in all other languages");
        int response = _responses.Add($"GET {pattern}", variants with { OtherLanguages = new EquatableArray<int>(languages.Select(language => language.Response)) });
        if (route.Response.Language is { } language)
        {
            languages.Insert(0, (language, response));
        }

        var plan = new LanguagePlan(
            response, new EquatableArray<string>(languages.Select(language => language.Tag.ToLowerInvariant())), new EquatableArray<int>(languages.Select(language => language.Response)));
        if (!_languages.Contains(plan))
        {
            _languages.Add(plan);
        }

        return response;
    }

    /// <summary>What an action can answer besides the fixed responses, and what it writes itself.</summary>
    private static int[] StatusesOf(ActionPlan action) => action switch
    {
        FilesPlan => [403, 500],
        UploadPlan => [201, 204, 403, 409, 411, 500, 507],
        FolderRedirectPlan or RedirectPlan => [],
        _ => [500],
    };

    /// <summary>Plans what answers a route at run time.</summary>
    /// <returns>Which action.</returns>
    private int PlanAction(RouteSpec route)
    {
        string pattern = route.Host + PathText(route);
        switch (route.Action)
        {
            case FilesSpec files:
                AddLine("GET, HEAD", pattern, $"files below {files.Root}{(files.IsEncoded ? ", also with br and gzip" : "")}{Describe(files.Pages)}{(files.Excluded.Count == 0 ? "" : $"; but {string.Join(", ", files.Excluded)}")}");
                return Add(FileRulesPlanner.With(files, new FilesPlan(pattern, Root(files.Root), route.Path.Count, _messages.FieldLines(files.Fields), files.IsEncoded)
                {
                    Pages = files.Pages,
                    NotFoundFields = files.Pages.NotFound is null ? "" : _messages.FieldLines(files.Pages.NotFoundFields),
                }));
            case FolderRedirectSpec:
                AddLine("GET, HEAD", pattern, $"301 to {pattern}/, with the query");
                return Add(new FolderRedirectPlan());
            case RedirectSpec redirect:
                string status = $"{redirect.Status} {ReasonPhrase.Of(redirect.Status)}";
                AddLine(route.Method == "GET" ? "GET, HEAD" : route.Method, pattern, $"{redirect.Status} to {Shown(redirect.Target)}");
                return Add(new RedirectPlan(pattern, $"{status}{_messages.FieldLines(redirect.Fields)}\r\nContent-Length: 0\r\nLocation: ", Template(route), redirect.Target));
            case UploadSpec upload:
                AddLine(route.Method, pattern, FormattableString.Invariant($"upload to {upload.Root}, at most {upload.MaxBytes:N0} bytes"));
                return Add(new UploadPlan(pattern, Root(upload.Root), route.Path.Count, upload.MaxBytes, string.Concat(upload.Origins.Select(origin => origin + "\0")))
                {
                    Pages = PagesOf(route),
                });
            case HandlerSpec handler:
                AddLine(route.Method == "GET" ? "GET, HEAD" : route.Method, pattern, $"{handler.Method}()");
                return Add(new HandlerPlan($"{route.Method} {pattern}", handler.Method, Template(route), handler.MaxBodyBytes, handler.MaxResponseBytes));
            case MetricsSpec:
                AddLine("GET, HEAD", pattern, route.IsOfManagement ? "what was counted; at the endpoint of the metrics" : "what was counted");
                return Add(new MetricsPlan($"{route.Method} {pattern}"));
            default:
                throw new InvalidOperationException($"{route.Action}");
        }

        int Add(ActionPlan action)
        {
            int index = _actions.IndexOf(action);
            if (index < 0)
            {
                index = _actions.Count;
                _actions.Add(action);
            }

            return index;
        }
    }

    /// <summary>Plans the pages of other servers' errors. Without a file HTML is text, JSON is what RFC 9457 says, and text is the status.</summary>
    private ErrorBackendPlan PlanErrorBackend(ErrorBackendSpec backend)
    {
        int first = _responses.Count;
        foreach (ErrorBackendPage page in backend.Pages)
        {
            // In the order of ErrorPages.
            string phrase = ReasonPhrase.Of(page.Status);
            Add("text", page.Plain, "text/plain; charset=utf-8", $"{page.Status} {phrase}\n");
            Add("JSON", page.Json, page.Json is null ? "application/problem+json" : "application/json", $"{{\"status\":{page.Status},\"title\":\"{phrase}\"}}\n");
            if (page.Html is not null)
            {
                Add("HTML", page.Html, "text/html; charset=utf-8", "");
            }

            void Add(string form, EmbeddedFile? file, string contentType, string otherwise)
            {
                var body = new EquatableArray<byte>(Encoding.ASCII.GetBytes(file is null ? otherwise : ""));
                _responses.AddNew($"{page.Status} as {form}", _messages.Variants(new ResponseSpec(page.Status, body, contentType, backend.Fields, Compress: false) { File = file }, isGet: false));
            }
        }

        AddLine("any method", "all other paths", FormattableString.Invariant($"the pages of {backend.Pages.Count} errors, as HTML, JSON or text"));
        return new ErrorBackendPlan(first, new EquatableArray<ErrorBackendEntry>(backend.Pages.Select(page => new ErrorBackendEntry(page.Status, page.Html is not null))));
    }

    /// <summary>The methods that a line of a file with redirects answers.</summary>
    private static IEnumerable<string> MethodsOf(RedirectLineSpec line) => line.KeepsMethod ? MethodOrder : MethodOrder.Take(1);

    /// <summary>Plans the table of the redirects of files.</summary>
    private RedirectTablePlan? PlanRedirects()
    {
        if (_http.RedirectLines.Count == 0)
        {
            return null;
        }

        var planner = new RedirectTablePlanner(_http.RedirectLines, _messages);
        int forced = _http.RedirectLines.Count(line => line.IsForced);
        AddLine(
            _http.RedirectLines.Any(line => line.KeepsMethod) ? "every method" : "GET, HEAD",
            string.Join(", ", _http.RedirectFiles.Select(file => file.File.Path)),
            FormattableString.Invariant($"{_http.RedirectLines.Count:N0} redirects{(forced == 0 ? "" : $", of which {forced:N0} go before the routes")}"));
        return new RedirectTablePlan(
            new EquatableArray<byte>(planner.Write()),
            _http.RedirectLines.Count,
            forced > 0,
            _http.RedirectLines.Any(line => !line.KeepsMethod) ? PlanMethods(["GET"]) : -1,
            _http.RedirectLines.Any(line => line.KeepsMethod) ? PlanMethods(MethodOrder) : -1,
            ResponseRoom.StatusLineStart + planner.LongestHead + _http.RedirectLines.Max(line => line.Target.Count) + _http.MaxTargetBytes + ResponseRoom.LineEnd + ResponseRoom.End);
    }

    /// <summary>The target of a redirect for a reader: <c>/new/*</c>.</summary>
    private static string Shown(EquatableArray<byte> target)
    {
        string[] pieces = Encoding.ASCII.GetString(target.ToArray()).Split('\0');
        return string.Concat(pieces.Select((piece, i) => i % 2 == 0 || piece == "*" ? piece : piece is "?" or "&" ? "" : "{" + piece + "}")) + (pieces.Contains("?") || pieces.Contains("&") ? ", with the query" : "");
    }

    /// <summary>The path in the engine's form of RouteTemplate, where it has parameters or a star: the name of each behind its NUL.</summary>
    private static EquatableArray<byte> Template(RouteSpec route)
    {
        var template = new List<byte>();
        int parameter = 0;
        foreach (byte value in route.Path)
        {
            template.Add(value);
            if (value == 0)
            {
                template.AddRange(Encoding.UTF8.GetBytes(route.Parameters[parameter++]));
            }
        }

        if (route.IsPrefix)
        {
            template.AddRange([0, (byte)'*']);
        }

        return template.Contains((byte)0) ? new EquatableArray<byte>(template) : default;
    }

    /// <summary>The most bytes of a planned response that lie in the output.</summary>
    private int Room(ResponsePlan response)
    {
        ResponseMessage message = response.Message;
        int body = response.Placeholders.Count > 0 || _http.HasLiveAssets ? ResponseRoom.LongestCopy : message.Body.Length;
        int whole = (_http.HasParts ? ResponseRoom.LengthLines : 0) + Math.Min(body, ResponseRoom.LongestCopy);
        int parts = _http.HasParts && message.EntityTag != 0 ? ResponseRoom.Multipart(message.EntityTagLength, LengthOfType(message)) : 0;
        return message.Head.Count + ResponseRoom.End + Math.Max(whole, parts);
    }

    private static int LengthOfType(ResponseMessage message)
        => Encoding.UTF8.GetString(message.Head.ToArray()).Split('\n').Where(line => line.StartsWith("Content-Type: ", StringComparison.Ordinal)).Select(line => line.Length).DefaultIfEmpty().Max();

    /// <summary>The most bytes that an action puts into the output.</summary>
    private int Room(ActionPlan action)
    {
        switch (action)
        {
            case FilesPlan files:
                int fields = Math.Max(Encoding.UTF8.GetByteCount(files.Fields), Encoding.UTF8.GetByteCount(files.NotFoundFields)) + files.LongestRule + ResponseRoom.End;
                int file = ResponseRoom.FileLines + ResponseRoom.Multipart(ResponseRoom.FileTag, ContentTypes.Longest) + fields;
                return Math.Max(ResponseRoom.LongestPath, Math.Max(file, FolderRedirect() + fields));
            case FolderRedirectPlan:
                return FolderRedirect() + ResponseRoom.End;
            case RedirectPlan redirect:
                return ResponseRoom.StatusLineStart + Encoding.UTF8.GetByteCount(redirect.Head) + redirect.Target.Count + _http.MaxTargetBytes + ResponseRoom.LineEnd + ResponseRoom.End;
            case HandlerPlan handler:
                return ResponseRoom.LongestHead + handler.MaxResponseBytes;
            default:
                return ResponseRoom.LongestPath; // an upload's; its responses are planned
        }

        int FolderRedirect() => ResponseRoom.RedirectLines + _http.MaxTargetBytes;
    }

    /// <summary>What stands for files that are not there, for a reader.</summary>
    private static string Describe(FolderPagesSpec pages)
        => (pages.CleansUrls ? ", pages without .html" : "") + (pages.Fallback is null ? "" : $"; for pages that are not there {pages.Fallback}") + (pages.NotFound is null ? "" : $"; with 404 {pages.NotFound}");

    /// <summary>Plans what embedded folders have for paths that no route has. Below them, folders on the disk answer for themselves.</summary>
    private EquatableArray<NotFoundPlan> PlanNotFound()
    {
        if (_http.NotFound.Count == 0)
        {
            return default;
        }

        IEnumerable<NotFoundSpec> files = _http.Routes
            .Where(route => route.Action is FilesSpec && !_http.NotFound.Any(folder => folder.Host == route.Host && folder.Path.Equals(route.Path)))
            .Select(route => new NotFoundSpec(route.Host, route.Path, null, null));
        return new EquatableArray<NotFoundPlan>(
            from spec in _http.NotFound.Concat(files)
            group spec by spec.Host into host
            orderby host.Key.Length == 0
            let folders = host.Select(folder => new NotFoundFolder(PathText(folder.Path, default), Add(folder, folder.Fallback), Add(folder, folder.NotFound))).ToArray()
            let paths = host.Select(folder => folder.Path.ToArray()).ToArray()
            select new NotFoundPlan(host.Key, new EquatableArray<NotFoundFolder>(folders), RouteTreeBuilder.Build(paths, _ => true)));

        int Add(NotFoundSpec folder, ResponseSpec? response)
        {
            if (response is null)
            {
                return FixedResponse.NotFound;
            }

            string pattern = $"{folder.Host}{PathText(folder.Path, default)}*";
            ResponseVariants variants = _messages.Variants(response, isGet: response.Status == 200);
            AddLine(response.Status == 200 ? "GET, HEAD" : "any method", pattern, $"{Describe(response, variants)}, {(response.Status == 200 ? "for pages that are not there" : "for what is not there")}");
            string name = $"{response.Status} {pattern} where nothing is there";
            return _responses.Add(name, response.Status == 200 ? variants : variants.WithoutOthers);
        }
    }

    /// <summary>Pages of other origins that may send requests for a route, by what their paths begin with.</summary>
    private EquatableArray<CorsSpec> PagesOf(RouteSpec route)
        => new(_http.Cors
            .Where(cors => FieldGroups.MayShare(cors.Scope, route))
            .OrderBy(cors => cors.Scope.IsPrefix)
            .ThenByDescending(cors => cors.Scope.Path.Count)
            .Select(cors => cors.Methods.Contains(route.Method) ? cors : cors with { Origins = default }));

    private RootPlan Root(string path)
    {
        RootPlan? root = _roots.Find(other => other.Path == path);
        if (root is null)
        {
            root = new RootPlan(path, Layout.FirstRoot + Layout.DescriptorsOfRoot * _roots.Count);
            _roots.Add(root);
        }

        return root;
    }

    /// <summary>Adds a line for the reader; methods of a path that have the same answer share one.</summary>
    private void AddLine(string method, string pattern, string answer)
    {
        int index = _lines.FindIndex(line => line.Pattern == pattern && line.Answer == answer);
        if (index < 0)
        {
            _lines.Add(new RouteLine(method, pattern, answer));
        }
        else
        {
            _lines[index] = _lines[index] with { Method = _lines[index].Method + ", " + method };
        }
    }

    private static string Describe(ResponseSpec response, ResponseVariants variants)
    {
        string? location = response.Fields.FirstOrDefault(field => string.Equals(field.Name, "Location", StringComparison.OrdinalIgnoreCase))?.Value;
        var text = new StringBuilder(response.Status.ToString(CultureInfo.InvariantCulture));
        if (location is not null)
        {
            text.Append(" to ").Append(location);
        }

        if (variants.Identity.Body.Length > 0)
        {
            text.Append(FormattableString.Invariant($" {response.ContentType}, {variants.Identity.Body.Length:N0} byte{(variants.Identity.Body.Length == 1 ? "" : "s")}"));
        }

        if (response.Placeholders.Count > 0)
        {
            text.Append(" before ").Append(string.Join(", ", response.Placeholders.Select(placeholder => placeholder.Name).Distinct())).Append(response.Variables.Count == 1 ? " is filled in" : " are filled in");
        }

        if (variants.Gzip is not null)
        {
            text.Append(FormattableString.Invariant($", gzip {variants.Gzip.Body.Length:N0}"));
        }

        if (variants.Brotli is not null)
        {
            text.Append(FormattableString.Invariant($", br {variants.Brotli.Body.Length:N0}"));
        }

        return text.ToString();
    }

    /// <summary>The routers of the virtual hosts. Hosts with the same resources share one.</summary>
    private List<RouterPlan> PlanHosts((RouteSpec Route, int Response)[] routes)
        => routes
            .Where(route => route.Route.Host.Length > 0)
            .GroupBy(route => route.Route.Host)
            .Select(host => (host.Key, Resources: PlanResources(host)))
            .GroupBy(host => new EquatableArray<ResourcePlan>(host.Resources.Select(resource => resource.Plan)))
            .Select(hosts => PlanRouter(hosts.Select(host => host.Key), hosts.First().Resources, hasAsterisk: false))
            .ToList();

    private static RouterPlan PlanRouter(IEnumerable<string> hosts, IReadOnlyList<Resource> resources, bool hasAsterisk)
    {
        List<Resource> all = resources.ToList();
        if (hasAsterisk)
        {
            all.Add(new Resource([(byte)'*'], false, new ResourcePlan("*", -1, new EquatableArray<int>([FixedResponse.OptionsAsterisk]))));
        }

        return new RouterPlan(
            new EquatableArray<string>(hosts),
            new EquatableArray<ResourcePlan>(all.Select(resource => resource.Plan)),
            RouteTreeBuilder.Build(all.Select(resource => resource.Path).ToArray(), index => all[index].IsPrefix));
    }

    private List<Resource> PlanResources(IEnumerable<(RouteSpec Route, int Response)> routes)
        => routes
            .GroupBy(route => (route.Route.Path, route.Route.IsPrefix))
            .Select(group =>
            {
                string[] methods = InOrder(group.Select(route => route.Route.Method));
                return new Resource(
                    group.Key.Path.ToArray(),
                    group.Key.IsPrefix,
                    new ResourcePlan(
                        PathText(group.First().Route),
                        PlanMethods(methods),
                        new EquatableArray<int>(methods.Select(method => group.First(route => route.Route.Method == method).Response))));
            })
            .ToList();

    private int PlanMethods(string[] methods)
    {
        int index = _methods.FindIndex(set => set.Methods.SequenceEqual(methods));
        if (index < 0)
        {
            index = _methods.Count;
            string allow = Allow(methods);
            _methods.Add(new MethodSetPlan(
                new EquatableArray<string>(methods),
                _responses.Add($"OPTIONS of {string.Join(", ", methods)}", _messages.Options(allow)),
                _responses.Add($"405 Method Not Allowed, but {string.Join(", ", methods)}", _messages.Error(405, ErrorPage(405), allow))));
        }

        return index;
    }

    private ResponseSpec? ErrorPage(int status) => _http.ErrorPages.FirstOrDefault(page => page.Status == status)?.Response;

    private static string[] InOrder(IEnumerable<string> methods) => methods.Distinct().OrderBy(method => Array.IndexOf(MethodOrder, method)).ToArray();

    /// <summary>
    /// A host as it is compared: every byte with the bit that tells lower-case letters from upper-case. Of the bytes that a host may
    /// have (RFC 3986, section 3.2.2) that makes none the same but letters; the parser has refused the others.
    /// </summary>
    internal static byte[] FoldCase(string host) => Encoding.ASCII.GetBytes(host).Select(value => (byte)(value | 0x20)).ToArray();

    /// <summary>The path as the user would write it; what is not seen, or not ASCII, percent-encoded.</summary>
    private static string PathText(RouteSpec route) => PathText(route.Path, route.Parameters) + (route.IsPrefix ? "*" : "");

    internal static string PathText(EquatableArray<byte> path, EquatableArray<string> parameters)
    {
        var text = new StringBuilder();
        int parameter = 0;
        foreach (byte value in path)
        {
            text.Append(value == 0 ? "{" + parameters[parameter++] + "}" : value is > 0x20 and < 0x7F ? ((char)value).ToString() : "%" + value.ToString("X2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    /// <summary>What has one path.</summary>
    private sealed record Resource(byte[] Path, bool IsPrefix, ResourcePlan Plan);
}
