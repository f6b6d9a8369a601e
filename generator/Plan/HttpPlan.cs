using System.Linq;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Plan;

/// <summary>What an HTTP server answers to whom: every byte and every compare is decided.</summary>
/// <param name="Responses">The table of responses.</param>
/// <param name="Packing">The bytes of them all.</param>
/// <param name="Methods">The sets of methods that its resources have.</param>
/// <param name="Routers">A router for each set of resources: for that of every host last.</param>
/// <param name="Hosts">The virtual hosts.</param>
/// <param name="HostTree">Finds one of the virtual hosts, by its index; null where there are none.</param>
/// <param name="Routes">The routes for a reader, in the user's order.</param>
/// <param name="Actions">What is decided at run time.</param>
/// <param name="Errors">The entries for errors that only actions have.</param>
/// <param name="Roots">The folders that are served.</param>
/// <param name="LongestResponse">The engine's IApp.LongestResponse: the most bytes that one response takes in an output.</param>
/// <param name="HandlerFields">Field lines of all responses of handlers, each with a CRLF in front of it.</param>
internal sealed record HttpPlan(
    EquatableArray<ResponsePlan> Responses,
    ResponsePacking Packing,
    EquatableArray<MethodSetPlan> Methods,
    EquatableArray<RouterPlan> Routers,
    EquatableArray<HostPlan> Hosts,
    RouteTree? HostTree,
    EquatableArray<RouteLine> Routes,
    EquatableArray<ActionPlan> Actions,
    EquatableArray<ErrorEntry> Errors,
    EquatableArray<RootPlan> Roots,
    int LongestResponse,
    string HandlerFields)
{
    /// <summary>The pages of errors that other servers have met; null where there are none.</summary>
    internal ErrorBackendPlan? ErrorBackend { get; init; }

    /// <summary>The responses that there are others for in other languages.</summary>
    internal EquatableArray<LanguagePlan> Languages { get; init; }

    /// <summary>What embedded folders have for paths that no route has: of each virtual host, and last of every host.</summary>
    internal EquatableArray<NotFoundPlan> NotFound { get; init; }

    /// <summary>The redirects of files; null where there are none.</summary>
    internal RedirectTablePlan? Redirects { get; init; }

    /// <summary>Who may have what; null where everybody may have everything.</summary>
    internal GuardsPlan? Guards { get; init; }

    /// <summary>Field lines for the paths of requests; null where there are none.</summary>
    internal FieldSetsPlan? FieldSets { get; init; }

    /// <summary>What the endpoint of management has; null where there is none.</summary>
    internal RouterPlan? Management { get; init; }

    /// <summary>The responses that are files, where those are served as they are on the disk.</summary>
    internal EquatableArray<LiveResponse> LiveResponses => new(Responses.Select((response, index) => new LiveResponse(index, response.Live!)).Where(response => response.File is not null));

    /// <summary>The entries of the assets that it has.</summary>
    internal int[] Assets => Responses.Select(response => response.Message.Body.Asset).OfType<AssetContent>().Select(asset => asset.Entry).Distinct().OrderBy(entry => entry).ToArray();

    /// <summary>Whether something is said of some files of a folder on the disk.</summary>
    internal bool HasFileRules => Actions.OfType<FilesPlan>().Any(files => files.Rules.Count > 0);

    /// <summary>The responses whose files are filled in when the server starts.</summary>
    internal (ResponsePlan Response, int Entry)[] Filled => [.. Responses.Select((response, entry) => (response, entry)).Where(response => response.response.Placeholders.Count > 0)];

    /// <summary>Whether methods answer, be it of the user's or of the engine's.</summary>
    internal bool HasHandlers => Actions.OfType<HandlerPlan>().Any();

    /// <summary>Whether methods of the user's do.</summary>
    internal bool RunsUserCode => Actions.OfType<HandlerPlan>().Any(handler => handler is not MetricsPlan);

    /// <summary>Whether uploads go to a folder.</summary>
    internal bool IsWritten(RootPlan root) => Actions.OfType<UploadPlan>().Any(upload => upload.Root == root);
}

/// <summary>A response that is a file, as it is on the disk.</summary>
/// <param name="Response">Its entry.</param>
/// <param name="File">The file.</param>
internal sealed record LiveResponse(int Response, LiveFile File);

/// <summary>What there is to be known of a file that may have changed.</summary>
/// <param name="Path">Its path, as the manifest has it.</param>
/// <param name="Hash">The SHA-256 of the content that was planned.</param>
/// <param name="ContentType">Its type.</param>
internal sealed record LiveFile(string Path, string Hash, string ContentType);

/// <summary>A response that there are others for in other languages.</summary>
/// <param name="Response">Its entry: what the router finds, and what is sent where no language fits.</param>
/// <param name="Tags">The languages, in lower case.</param>
/// <param name="Responses">The entry of each.</param>
internal sealed record LanguagePlan(int Response, EquatableArray<string> Tags, EquatableArray<int> Responses);

/// <summary>What folders of a host have for paths that no route has.</summary>
/// <param name="Host">The virtual host; empty where it is every host.</param>
/// <param name="Folders">The folders.</param>
/// <param name="Tree">Finds one by the path of a request, by its index.</param>
internal sealed record NotFoundPlan(string Host, EquatableArray<NotFoundFolder> Folders, RouteTree Tree);

/// <summary>What a folder has for paths that no route has.</summary>
/// <param name="Path">The path of the folder, as the user would write it.</param>
/// <param name="Fallback">The entry for requests for pages; that of 404 where there is none.</param>
/// <param name="Other">The entry for the others; likewise.</param>
internal sealed record NotFoundFolder(string Path, int Fallback, int Other);

/// <summary>The pages of errors that other servers have met. In the table of responses they lie one behind the other: of each error its text, its JSON, and, where there is some, its HTML.</summary>
/// <param name="First">The entry of the first.</param>
/// <param name="Errors">In the order of their statuses.</param>
internal sealed record ErrorBackendPlan(int First, EquatableArray<ErrorBackendEntry> Errors);

/// <summary>An error, and whether it has HTML.</summary>
internal sealed record ErrorBackendEntry(int Status, bool HasHtml);

/// <summary>The methods that a resource can have: which, and what the others get.</summary>
/// <param name="Methods">Those of routes, in the order of RFC 9110; without HEAD, which goes with GET, and OPTIONS, which every resource has.</param>
/// <param name="Options">The response to OPTIONS.</param>
/// <param name="NotAllowed">The 405 (Method Not Allowed).</param>
internal sealed record MethodSetPlan(EquatableArray<string> Methods, int Options, int NotAllowed)
{
    /// <summary>The value of Allow.</summary>
    internal string Allow => HttpPlanner.Allow(Methods);
}

/// <summary>The resources that are looked for together, and how.</summary>
/// <param name="Hosts">The virtual hosts that have just these; none where it is every host.</param>
/// <param name="Resources">The resources.</param>
/// <param name="Tree">Finds one by the path of a request, by its index.</param>
internal sealed record RouterPlan(EquatableArray<string> Hosts, EquatableArray<ResourcePlan> Resources, RouteTree Tree);

/// <summary>A virtual host.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Router">The router of its resources.</param>
internal sealed record HostPlan(string Name, int Router);

/// <summary>What has one path: a response to each of its methods.</summary>
/// <param name="Path">The path as the user would write it, a prefix with its <c>*</c>.</param>
/// <param name="Methods">Its methods: an index among the sets; -1 where it has one response for whoever asks (<c>OPTIONS *</c>).</param>
/// <param name="Responses">The response to each, in the same order.</param>
internal sealed record ResourcePlan(string Path, int Methods, EquatableArray<int> Responses);

/// <summary>One route for a reader: <c>GET example.com/docs/* -> 200 text/html, 1,234 bytes, gzip 600</c>.</summary>
internal sealed record RouteLine(string Method, string Pattern, string Answer);
