extern alias Generator;

using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Features;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Listening;
using SyscallServer.Internal.Models;
using SyscallServer.Internal.Process;

namespace SyscallServer.Tests.RandomServers;

using EngineRequest = SyscallServer.Internal.Http.RequestHead;
using MediaTypes = Generator::SyscallServer.Generator.Model.ContentTypes;

/// <summary>
/// What the generator would write for a server, done by looking at the plan instead: the same engine, the same bytes, limits and routes, and nothing to compile. So thousands of servers are run in the time that
/// the compilers need for some dozens.
/// </summary>
internal unsafe struct PlannedApp : IAccessLog, IFiles, IHandlers
{
    /// <summary>What the engine may read behind the last byte: the rest of a block.</summary>
    private const int Rest = 16;

    private static readonly List<nint> s_memory = [];
    private static HttpSpec s_spec = null!;
    private static HttpPlan s_plan = null!;
    private static ActionPlan[] s_actions = [];
    private static (nint Address, int Length)[] s_texts = [];
    private static (nint Address, int Length)[] s_templates = [];
    private static (nint Address, int Length)[] s_targets = [];
    private static (nint Address, int Length)[] s_notFoundFields = [];
    private static (nint Address, int Length) s_handlerFields;
    private static (nint Address, int Length) s_trustedProxies;
    private static (nint Address, int Length) s_clientAddressField;
    private static byte* s_contentTypes;
    private static byte* s_redirects;
    private static (nint Address, int Length)[] s_origins = [];

    public static byte* Bytes { get; private set; }

    public static PlannedResponse* Responses { get; private set; }

    public static ushort* Phrases { get; private set; }

    public static int MaxTargetBytes { get; private set; }

    public static int MaxHeaderBytes { get; private set; }

    public static int MaxBodyBytes { get; private set; }

    public static bool SendsDate { get; private set; }

    public static int LongestResponse { get; private set; }

    public static bool KeepsLastResponse { get; private set; }

    public static bool HasBrotli { get; private set; }

    public static bool HasZstandard { get; private set; }

    public static bool HasParts { get; private set; }

    public static bool HasAssets { get; private set; }

    public static byte* Assets { get; private set; }

    public static bool IsObserved { get; private set; }

    public static bool HasActions { get; private set; }

    public static bool HasActionsWithoutBody { get; private set; }

    public static int ExchangeSize { get; private set; }

    public static int MaxRequestMemory { get; private set; }

    public static bool SendsFiles { get; private set; }

    public static bool HasPages { get; private set; }

    public static bool HasFieldSets { get; private set; }

    public static uint* FieldSets { get; private set; }

    public static byte* FieldSetTexts { get; private set; }

    public static int FieldSetRoom { get; private set; }

    /// <summary>The class with the longest path that has that of the request; without the rules of files.</summary>
    public static int ChooseFieldSet(EngineRequest* request)
    {
        byte[] path = new ReadOnlySpan<byte>(request->Path, request->PathLength).ToArray();
        FieldSetsPlan plan = s_plan.FieldSets!;
        FieldClassPlan? fields = plan.Classes.Where(each => each.Scope.IsPrefix ? path.AsSpan().StartsWith(each.Scope.Path.ToArray()) : path.AsSpan().SequenceEqual(each.Scope.Path.ToArray()))
            .OrderBy(each => each.Scope.IsPrefix).ThenByDescending(each => each.Scope.Path.Count).FirstOrDefault();
        if (fields is null)
        {
            return 0;
        }

        CorsSpec? cors = fields.Policy < 0 ? null : plan.Policies[fields.Policy];
        return fields.FirstSet + (cors is null ? 0 : cors.IsFixed ? CrossOrigin.IsPreflight(request) : CrossOrigin.Choose(request, new ReadOnlySpan<byte>((void*)s_origins[fields.Policy].Address, s_origins[fields.Policy].Length)));
    }

    public static bool HasFileRules { get; private set; }

    public static bool HasGuards { get; private set; }

    /// <summary>Who may come in; null where nobody is asked.</summary>
    internal static Secrets* Secrets { get; set; }

    /// <summary>None of them asks for an address.</summary>
    public static int Refuse(EngineRequest* request, Output* output)
    {
        byte[] path = new ReadOnlySpan<byte>(request->Path, request->PathLength).ToArray();
        int preflight = HasFieldSets && s_plan.FieldSets!.Policies.Count > 0 ? FieldSet.PreflightOf<PlannedApp>(output) : 0;
        if (preflight != 0 || s_plan.Guards is null)
        {
            return preflight;
        }

        AuthenticationPlan? guard = s_plan.Guards.Authentication.FirstOrDefault(guard => guard.Scope.HasPath(path));
        return guard is null ? 0
            : Authentication.Refuse<RandomKernel>(Secrets, request, guard.Users ?? Authentication.None, guard.Tokens ?? Authentication.None, guard.Missing, guard.Wrong, guard.TooMany);
    }

    public static bool ChoosesNotFound { get; private set; }

    public static bool NotFoundMayBeAction => s_redirects != null;

    public static byte* ContentTypes => s_contentTypes;

    public static ReadOnlySpan<byte> HandlerFields => new((void*)s_handlerFields.Address, s_handlerFields.Length);

    public static AccessLogFormat LogFormat { get; private set; }

    public static long Microseconds => AccessLog.Microseconds<RandomKernel>();

    public static bool HasTrustedProxies { get; private set; }

    public static bool TrustsUnixSockets { get; private set; }

    public static ReadOnlySpan<byte> TrustedProxies => new((void*)s_trustedProxies.Address, s_trustedProxies.Length);

    public static ReadOnlySpan<byte> ClientAddressField => new((void*)s_clientAddressField.Address, s_clientAddressField.Length);

    public static bool HasPreamble { get; private set; }

    public static bool IsForwarded { get; private set; }

    public static int ObserverSize => IsObserved ? AccessLog.Size<PlannedApp>() : 0;

    public static int ObservedClientSize => IsObserved ? AccessLog.ClientSize<PlannedApp>() : 0;

    public static bool HasRoom(Output* output) => !IsObserved || AccessLog.HasRoom(output);

    public static void ObserverBegan(byte* observer) => AccessLog.ObserverBegan(observer);

    public static void ClientCame(byte* client, ClientAddress* address) => AccessLog.ClientCame<PlannedApp>(client, address);

    public static int ReadPreamble(Output* output, byte* input, byte* inputEnd) => ProxyHeader.Read<PlannedApp>(output, input, inputEnd);

    public static void ClientNamed(Output* output, ClientAddress* address)
    {
        if (IsObserved)
        {
            AccessLog.ClientNamed<PlannedApp>(output, address);
        }

        if (KeepsClient)
        {
            HandlerClient.ClientNamed(output, address);
        }
    }

    public static bool KeepsClient { get; private set; }

    public static void TurnBegan(Output* output, byte* client, byte* kept) => AccessLog.TurnBegan(output, client, kept);

    public static void RequestBegan(Output* output, byte* input, byte* inputEnd)
    {
        if (IsObserved)
        {
            AccessLog.RequestBegan<PlannedApp>(output, input, inputEnd);
        }
    }

    public static void RequestHeadReceived(Output* output, int length)
    {
        if (IsObserved && LogFormat == AccessLogFormat.Json)
        {
            AccessLog.RequestHeadReceived(output, length);
        }
    }

    public static void RequestBodyReceived(Output* output, int length)
    {
        if (IsObserved && LogFormat == AccessLogFormat.Json)
        {
            AccessLog.RequestBodyReceived(output, length);
        }
    }

    public static void OutputSent(Output* output, long sent, bool isOver) => AccessLog.OutputSent<PlannedApp>(output, sent, isOver);

    public static int KeptResponsesSize => AccessLog.KeptSize<PlannedApp>();

    public static void KeepResponses(Output* output, byte* buffer, long sent, long left) => AccessLog.KeepResponses<PlannedApp>(output, buffer, sent, left);

    public static bool KeptResponsesSent(Output* output, byte* buffer, long left, bool isOver) => AccessLog.KeptResponsesSent<PlannedApp>(output, buffer, left, isOver);

    public static bool IsRequestNew(Output* output) => AccessLog.IsRequestNew(output);

    public static void KeepRequest(Output* output, byte* buffer) => AccessLog.KeepRequest<PlannedApp>(output, buffer);

    public static void ResponseAdded(Output* output, int start, bool ofAction)
    {
        if (IsObserved)
        {
            AccessLog.ResponseAdded<PlannedApp>(output, start, ofAction);
        }
    }

    public static bool IsResponseObserved(int response) => s_plan.Responses[response].IsLogged;

    public static void ResponsePassedOver(Output* output) => AccessLog.ResponsePassedOver<PlannedApp>(output);

    public static bool ChangesWhileEnding => true;

    public static int WhileEnding(int response) => s_plan.Responses[response].WhileEnding is > 0 and int other ? other : response;

    public static void BatchEnded<TKernel>(Output* output, int signals, bool isEnding)
        where TKernel : struct, IKernel
    {
        if (IsObserved)
        {
            AccessLog.BatchEnded<TKernel, PlannedApp>(output, signals, isEnding);
        }
    }

    public static void ObserverEnded<TKernel>(Output* output)
        where TKernel : struct, IKernel
    {
        if (IsObserved)
        {
            AccessLog.ObserverEnded<TKernel>(output);
        }
    }

    /// <summary>Where it is counted; null where nothing is.</summary>
    internal static Metrics* Counters { get; set; }

    public static bool IsCounted { get; private set; }

    public static void Count(Counted what, long amount) => Metrics.Count(Counters, what, amount);

    public static void CountedTurnBegan(int connection) => Metrics.TurnBegan(Counters, connection);

    public static void CountedConnectionBegan() => Metrics.ConnectionBegan(Counters);

    public static void CountedRequestBegan(HttpMethod method) => Metrics.RequestBegan<RandomKernel>(Counters, method);

    public static void CountedResponseAdded(Output* output, int start) => Metrics.ResponseAdded<RandomKernel>(Counters, output, start);

    public static void CountedBatchEnded() => Metrics.BatchEnded<RandomKernel>(Counters);

    /// <summary>From now on it is this server.</summary>
    internal static void Load(ServerSpec server, HttpPlan plan)
    {
        s_memory.ForEach(memory => NativeMemory.Free((void*)memory));
        s_memory.Clear();
        s_spec = server.Http!;
        s_plan = plan;
        s_actions = [.. plan.Actions];
        MaxTargetBytes = s_spec.MaxTargetBytes;
        MaxHeaderBytes = s_spec.MaxHeaderBytes;
        MaxBodyBytes = s_spec.MaxBodyBytes;
        SendsDate = s_spec.SendsDate;
        LongestResponse = plan.LongestResponse;
        KeepsLastResponse = server.Concurrency == ConcurrencyKind.EventLoop;
        HasBrotli = plan.Responses.Any(response => response.Brotli != 0);
        HasZstandard = s_actions.OfType<FilesPlan>().Any(files => files.IsEncoded);
        HasParts = s_spec.HasParts;
        HasAssets = s_spec.HasAssets;
        IsObserved = s_spec.HasAccessLog;
        IsCounted = s_spec.HasMetrics;
        Counters = null;
        LoadFieldSets(plan);
        HasGuards = s_spec.HasGuards || HasFieldSets;
        Secrets = null;
        HasPreamble = s_spec.HasProxyProtocol;
        KeepsClient = s_spec.KeepsClient;
        LogFormat = (AccessLogFormat)s_spec.AccessLog.Format;
        HasTrustedProxies = s_spec.TrustedProxies is not null;
        TrustsUnixSockets = s_spec.TrustedProxies?.HasUnixSockets == true;
        IsForwarded = s_spec.TrustedProxies?.IsForwarded == true;
        HasActions = s_actions.Length > 0 || plan.Redirects is not null;
        HasActionsWithoutBody = Enumerable.Range(0, s_actions.Length).Any(action => MaxBodyOf(action) == 0);
        ExchangeSize = ServerPlanner.ExchangeSize(s_spec);
        MaxRequestMemory = ExchangeSize > 0 && KeepsLastResponse ? s_spec.MaxRequestMemory : 0;
        SendsFiles = s_actions.OfType<FilesPlan>().Any();
        HasPages = s_actions.OfType<FilesPlan>().Any(files => files.HasPages);
        ChoosesNotFound = plan.NotFound.Count > 0 || plan.Redirects is not null;
        LoadBytes(plan);
        s_redirects = plan.Redirects is { } redirects ? (byte*)Copy([.. redirects.Table]).Address : null;
        HasFileRules = plan.HasFileRules;
        s_texts = [.. s_actions.Select(action => action is FilesPlan files ? Fields(files) : Text(action switch { UploadPlan upload => upload.Origins + string.Concat((upload.Pages.Count == 0 ? default : upload.Pages[upload.Pages.Count - 1].Origins).Select(origin => origin + "\0")), RedirectPlan redirect => redirect.Head, _ => action.Pattern }))];
        s_templates = [.. s_actions.Select(action => Copy(action is RedirectPlan redirect ? redirect.Template.ToArray() : Utf8((action as FilesPlan)?.Pages.Fallback)))];
        s_targets = [.. s_actions.Select(action => Copy(action is RedirectPlan redirect ? redirect.Target.ToArray() : Utf8((action as FilesPlan)?.Pages.NotFound)))];
        s_notFoundFields = [.. s_actions.Select(action => Copy(Utf8((action as FilesPlan)?.NotFoundFields)))];
        s_handlerFields = Text(plan.HandlerFields);
        s_trustedProxies = Copy([.. s_spec.TrustedProxies?.Blocks ?? default]);
        s_clientAddressField = Text(s_spec.TrustedProxies?.Field + ":");
        s_contentTypes = (byte*)Text(string.Concat(MediaTypes.All.Select(type => $"{type.Key}\0{MediaTypes.WithCharset(type.Value)}\0")) + "\0" + MediaTypes.OfBytes + "\0").Address;
    }

    private static void LoadFieldSets(HttpPlan plan)
    {
        HasFieldSets = plan.FieldSets is not null;
        FieldSetRoom = plan.FieldSets?.Room ?? 0;
        if (plan.FieldSets is { } fields)
        {
            FieldSets = (uint*)Copy([.. fields.Words.SelectMany(BitConverter.GetBytes)]).Address;
            FieldSetTexts = (byte*)Copy([.. fields.Texts.SelectMany(text => text.Bytes)]).Address;
            s_origins = [.. fields.Policies.Select(cors => Text(string.Concat(cors.Origins.Select(origin => origin + "\0"))))];
        }
    }

    /// <summary>The field lines of a folder, and behind them what is said of some of its files.</summary>
    private static (nint Address, int Length) Fields(FilesPlan files) => (Copy([.. Utf8(files.Fields), .. files.Rules]).Address, Utf8(files.Fields).Length);

    private static PlannedResponse* s_responses;
    private static byte* s_bytes;

    /// <summary>Fills files with the defaults of their variables, as the emitted server does before it serves.</summary>
    internal static void Fill(RandomWorld world)
    {
        if (s_plan.Filled.Length == 0)
        {
            return;
        }

        // A process that is started again has its own.
        Responses = s_responses;
        Bytes = s_bytes;
        var files = new List<uint>();
        var texts = new List<byte> { 0 };
        foreach ((ResponsePlan response, int entry) in s_plan.Filled)
        {
            files.AddRange([(uint)entry, (uint)response.Message.Body.Length, (uint)response.Placeholders.Count]);
            foreach (PlaceholderSpec place in response.Placeholders)
            {
                files.AddRange([(uint)place.Offset, (uint)(place.Offset + place.Length), (uint)place.Place, Add(place.Name), Add(place.Default!)]);
            }
        }

        files.Add(0);
        nint* argv = stackalloc nint[2];
        argv[0] = argv[1] = 0;
        uint* table = (uint*)Copy([.. files.SelectMany(BitConverter.GetBytes)]).Address;
        bool isFilled = Variables.Fill<RandomKernel, PlannedServer, PlannedApp>((byte**)argv, table, Span(Copy([.. texts])), s_plan.Responses.Count, s_plan.Packing.Parts.Sum(part => part.Bytes.Count), out byte* filled);
        world.Require(isFilled, "nothing was filled in");
        Responses = (PlannedResponse*)filled;
        Bytes = filled + s_plan.Responses.Count * sizeof(PlannedResponse);

        uint Add(string text)
        {
            uint place = (uint)texts.Count;
            texts.AddRange([.. Utf8(text), 0]);
            return place;
        }
    }

    private static void LoadBytes(HttpPlan plan)
    {
        Bytes = (byte*)Copy(plan.Packing.Parts.SelectMany(part => part.Bytes).ToArray()).Address;
        Phrases = (ushort*)Copy(plan.Packing.Phrases.SelectMany(offset => BitConverter.GetBytes((ushort)offset)).ToArray()).Address;
        Assets = HasAssets ? (byte*)Copy(RandomAssets.Manifest.Block).Address : null;
        var table = new List<byte>();
        for (int i = 0; i < plan.Responses.Count; i++)
        {
            ResponsePlan response = plan.Responses[i];
            PackedResponse packed = plan.Packing.Responses[i];
            table.AddRange(BitConverter.GetBytes(packed.Head));
            table.AddRange(BitConverter.GetBytes(response.Message.Body.Length));
            table.AddRange(BitConverter.GetBytes((ushort)packed.Status));
            table.AddRange(BitConverter.GetBytes((ushort)(packed.EntityTag | (response.Gzip == 0 ? 0 : PlannedResponse.HasGzip) | (response.Brotli == 0 ? 0 : PlannedResponse.HasBrotli))));
        }

        Responses = s_responses = (PlannedResponse*)Copy([.. table]).Address;
        s_bytes = Bytes;
    }

    private static byte[] Utf8(string? text) => Encoding.UTF8.GetBytes(text ?? "");

    /// <summary>A text as a literal is: with a NUL behind it.</summary>
    private static (nint Address, int Length) Text(string text) => Copy(Encoding.UTF8.GetBytes(text));

    private static (nint Address, int Length) Copy(byte[] bytes)
    {
        byte* copy = (byte*)NativeMemory.AllocZeroed((nuint)(bytes.Length + Rest));
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        s_memory.Add((nint)copy);
        return ((nint)copy, bytes.Length);
    }

    // ---- routes ----

    public static EndpointRole Role { get; set; }

    public static int Route(EngineRequest* request)
    {
        int response = RouteByPath(request);
        for (int i = 0; i < s_plan.Languages.Count; i++)
        {
            LanguagePlan language = s_plan.Languages[i];
            if (language.Response == response)
            {
                fixed (byte* tags = Encoding.ASCII.GetBytes(string.Concat(language.Tags.Select(tag => tag + "\0")) + "\0"))
                {
                    return Languages.Choose(request, new ReadOnlySpan<byte>(tags, 1), [.. language.Responses.Select(entry => (uint)entry)], response);
                }
            }
        }

        return response;
    }

    private static int RouteByPath(EngineRequest* request)
    {
        if (s_plan.Management is { } management && (Role & EndpointRole.Management) != 0)
        {
            return Route(management, request, FixedResponse.NotFound);
        }

        if (s_plan.Redirects is { HasForced: true } && RedirectTable.Find(request, s_redirects) is > 0 and int line && RedirectTable.IsForced(s_redirects, line))
        {
            return Redirect(request, line);
        }

        if (s_plan.HostTree is { } hosts)
        {
            int length = request->HostLength;
            length -= length > 0 && request->Host[length - 1] == '.' ? 1 : 0;
            int host = Search(hosts, request->Host, length, foldsCase: true);
            int response = host < 0 ? -1 : Route(s_plan.Routers[s_plan.Hosts[host].Router], request, -1);
            return response >= 0 ? response : Route(s_plan.Routers[s_plan.Routers.Count - 1], request, FixedResponse.NotFound);
        }

        return Route(s_plan.Routers[0], request, FixedResponse.NotFound);
    }

    /// <summary>What folders have for paths that no route has. None of them is for a virtual host.</summary>
    public static int NotFound(EngineRequest* request)
    {
        if ((Role & EndpointRole.Management) == 0 && s_redirects != null && RedirectTable.Find(request, s_redirects) is > 0 and int line)
        {
            return Redirect(request, line);
        }

        if (s_plan.NotFound.Count == 0)
        {
            return FixedResponse.NotFound;
        }

        NotFoundPlan folders = s_plan.NotFound.Single();
        int index = Search(folders.Tree, request->Path, request->PathLength, foldsCase: false);
        return index < 0 || (Role & EndpointRole.Management) != 0 ? FixedResponse.NotFound : Navigation.IsAsked(request) ? folders.Folders[index].Fallback : folders.Folders[index].Other;
    }

    private static int Redirect(EngineRequest* request, int line)
    {
        bool keepsMethod = RedirectTable.KeepsMethod(s_redirects, line);
        MethodSetPlan methods = s_plan.Methods[keepsMethod ? s_plan.Redirects!.OfAll : s_plan.Redirects!.OfGet];
        return keepsMethod && request->Method != HttpMethod.Options && request->Method != HttpMethod.Trace || request->Method is HttpMethod.Get or HttpMethod.Head ? FixedResponse.FirstAction + s_actions.Length + line
            : request->Method == HttpMethod.Options ? methods.Options : methods.NotAllowed;
    }

    private static int Route(RouterPlan router, EngineRequest* request, int otherwise)
    {
        int index = Search(router.Tree, request->Path, request->PathLength, foldsCase: false);
        if (index < 0)
        {
            return otherwise;
        }

        ResourcePlan resource = router.Resources[index];
        if (resource.Methods < 0)
        {
            return resource.Responses[0];
        }

        MethodSetPlan methods = s_plan.Methods[resource.Methods];
        string method = (request->Method == HttpMethod.Head ? HttpMethod.Get : request->Method).ToString();
        for (int i = 0; i < methods.Methods.Count; i++)
        {
            if (methods.Methods[i].Equals(method, StringComparison.OrdinalIgnoreCase))
            {
                return resource.Responses[i];
            }
        }

        return request->Method == HttpMethod.Options ? methods.Options : methods.NotAllowed;
    }

    /// <summary>What a tree finds; -1 where that is nothing.</summary>
    private static int Search(RouteTree tree, byte* bytes, int length, bool foldsCase)
    {
        switch (tree)
        {
            case RouteTree.Found found:
                return found.Index;
            case RouteTree.Compare compare:
                return compare.Words.All(word => Load(bytes, word.Offset, word.Width, foldsCase) == word.Value) ? Search(compare.Then, bytes, length, foldsCase) : -1;
            case RouteTree.Template template:
                return RouteTemplate.Matches(template.Text.ToArray(), bytes, length) ? Search(template.Then, bytes, length, foldsCase) : -1;
            case RouteTree.AtLeast atLeast:
                return length >= atLeast.Length ? Search(atLeast.Then, bytes, length, foldsCase) : -1;
            case RouteTree.Sequence sequence:
                foreach (RouteTree node in sequence.Nodes)
                {
                    int index = Search(node, bytes, length, foldsCase);
                    if (index >= 0)
                    {
                        return index;
                    }
                }

                return -1;
            case RouteTree.ChooseLength choose:
                return choose.Cases.FirstOrDefault(item => item.Length == length) is { } ofLength ? Search(ofLength.Then, bytes, length, foldsCase) : -1;
            case RouteTree.Choose choose:
                ulong value = Load(bytes, choose.Offset, choose.Width, foldsCase);
                return choose.Cases.FirstOrDefault(item => item.Value == value) is { } ofValue ? Search(ofValue.Then, bytes, length, foldsCase) : -1;
            default:
                throw new ArgumentOutOfRangeException(nameof(tree));
        }
    }

    private static ulong Load(byte* bytes, int offset, int width, bool foldsCase)
    {
        ulong value = 0;
        for (int i = 0; i < width; i++)
        {
            value |= (ulong)(byte)(bytes[offset + i] | (foldsCase ? 0x20 : 0)) << 8 * i;
        }

        return value;
    }

    // ---- actions ----

    public static int EntryOf(int status) => s_plan.Errors.FirstOrDefault(error => error.Status == status)?.Entry ?? FixedResponse.NotFound;

    public static ulong MaxBodyOf(int action) => action >= s_actions.Length ? (ulong)MaxBodyBytes : s_actions[action] switch
    {
        UploadPlan upload => (ulong)upload.MaxBytes,
        HandlerPlan handler => (ulong)handler.MaxBodyBytes,
        _ => (ulong)MaxBodyBytes,
    };

    public static int Begin(int action, EngineRequest* request, Output* output) => action >= s_actions.Length ? RedirectTable.Begin<PlannedApp>(request, output, s_redirects, action - s_actions.Length) : s_actions[action] switch
    {
        FilesPlan { HasPages: true } files => FilePages.Begin<RandomKernel, PlannedApp>(
            request, output, files.Root.Descriptor, files.PrefixLength, TextOf(action), files.IsEncoded, files.Pages.CleansUrls, Span(s_templates[action]), Span(s_targets[action]), Span(s_notFoundFields[action])),
        FilesPlan files => FileResponse.Begin<RandomKernel, PlannedApp>(request, output, files.Root.Descriptor, files.PrefixLength, TextOf(action), files.IsEncoded),
        UploadPlan upload => Upload.Begin<RandomKernel, PlannedApp>(request, output, upload.Root.Descriptor, upload.PrefixLength, TextOf(action)),
        RedirectPlan => CarryingRedirect.Begin<PlannedApp>(request, output, TextOf(action), Span(s_templates[action]), Span(s_targets[action])),
        _ => HandlerResponse.Begin<RandomKernel, PlannedApp>(action, request, output),
    };

    private static ReadOnlySpan<byte> TextOf(int action) => Span(s_texts[action]);

    private static ReadOnlySpan<byte> Span((nint Address, int Length) text) => new((void*)text.Address, text.Length);

    public static int Receive(int action, byte* data, int length, Output* output)
        => s_actions[action] is UploadPlan ? Upload.Receive<RandomKernel, PlannedApp>(data, length, output) : HandlerResponse.Receive(data, length, output);

    public static int Complete(int action, Output* output)
        => s_actions[action] is UploadPlan ? Upload.Complete<RandomKernel, PlannedApp>(output) : HandlerResponse.Complete<RandomKernel, PlannedApp>(action, output);

    public static void Abort(int action, Output* output)
    {
        if (s_actions[action] is UploadPlan)
        {
            Upload.Abort<RandomKernel>(output);
        }
    }

    public static void Handle(int action, in SyscallServer.Request request, ref ResponseWriter response)
    {
        if (s_actions[action] is MetricsPlan)
        {
            MetricsPage.Write(Counters, hasWorkers: true, "program=\"planned\""u8, in request, ref response);
        }
        else if (((HandlerPlan)s_actions[action]).Method.StartsWith('G'))
        {
            Handler.Fill(in request, ref response);
        }
        else
        {
            response.Write(request.Body);
        }
    }

    public static int MaxResponseOf(int action) => s_actions[action] is HandlerPlan handler ? handler.MaxResponseBytes : 0;

    public static ReadOnlySpan<byte> NameOf(int action) => TextOf(action);
}

/// <summary>The settings of the server that <see cref="PlannedApp"/> is.</summary>
internal unsafe struct PlannedServer : IServer
{
    private static ServerSpec s_server = null!;
    private static HttpPlan s_plan = null!;

    public static int IdleTimeout => s_server.Http!.IdleTimeout;

    public static int Workers => s_server.Workers;

    public static bool HasEndpoints => true;

    public static bool HasEndpointRoles => s_server.Listening?.HasRoles == true;

    public static bool ServesInTurn => s_server.Concurrency == ConcurrencyKind.Prefork;

    public static int Backlog => s_server.Backlog;

    public static int MaxConnections => s_server.MaxConnections;

    public static int ReadTimeout => s_server.ReadTimeout;

    public static int WriteTimeout => s_server.WriteTimeout;

    public static int GracePeriod => s_server.GracePeriod;

    /// <summary>From now on it is this server.</summary>
    internal static void Load(ServerSpec server)
    {
        s_server = server;
        s_plan = HttpPlanner.Plan(server.Http!);
        PlannedApp.Load(server, s_plan);
    }

    /// <summary>What the generator says that a process needs for its connection.</summary>
    internal static int MemorySize => ServerPlanner.HttpMemorySize(s_server.Http!, s_plan);

    private static void OpenSecrets(RandomWorld world)
    {
        world.Require(Secrets.Open<RandomKernel, PlannedServer>(out Secrets* secrets), "no memory");
        for (int set = 0; set < s_plan.Guards!.Secrets.Count; set++)
        {
            Secrets.Add(secrets, set, s_plan.Guards.Secrets[set].Digests.Single().ToArray());
        }

        PlannedApp.Secrets = secrets;
    }

    /// <summary>Serves the clients of a world, as a process or a worker, with its memory before a page that is not to be touched.</summary>
    internal static int Serve(RandomWorld world)
    {
        world.Require(MemorySize == HttpChild.MemorySize<PlannedApp>(), $"the generator has {MemorySize} bytes for a process, and the engine needs {HttpChild.MemorySize<PlannedApp>()}");
        _ = Signals.Open<RandomKernel, PlannedServer>(out int signals);
        if (PlannedApp.IsCounted)
        {
            bool forks = s_server.Concurrency == ConcurrencyKind.Fork;
            world.Require(Metrics.Open<RandomKernel, PlannedServer>(out Metrics* counters, clock: null, blocks: 1, isShared: forks, s_server.Concurrency == ConcurrencyKind.EventLoop ? MaxConnections : 1), "no memory");
            PlannedApp.Counters = counters;
        }

        PlannedApp.Fill(world);
        if (s_plan.Guards is not null)
        {
            OpenSecrets(world);
        }

        foreach (RootPlan root in s_plan.Roots)
        {
            fixed (byte* path = Encoding.UTF8.GetBytes(root.Path + "\0"))
            {
                var literal = new ReadOnlySpan<byte>(path, root.Path.Length);
                world.Require(FileRoot.Open<RandomKernel, PlannedServer>(literal, root.Descriptor), "no root");
                world.Require(
                    !s_plan.Actions.OfType<UploadPlan>().Any(upload => upload.Root == root) || Upload.Prepare<RandomKernel, PlannedServer>(literal, root.Descriptor), "no uploads");
            }
        }

        Endpoints endpoints = default;
        endpoints.Set("127.0.0.1:8080\0"u8);
        endpoints.Count = HasEndpointRoles ? s_server.Listening!.Roles.Count : 1;
        for (int i = 0; i < endpoints.Count; i++)
        {
            endpoints.First[i] = endpoints.First[0];
            endpoints.First[i].Role = HasEndpointRoles ? (EndpointRole)s_server.Listening!.Roles[i] : EndpointRole.Ordinary;
            endpoints.First[i].Descriptor = (int)RandomKernel.socket(0, 0, 0);
        }

        endpoints.Options.IsObserved = PlannedApp.IsObserved;
        switch (s_server.Concurrency)
        {
            case ConcurrencyKind.EventLoop:
                return EventLoop.Run<RandomKernel, PlannedApp, PlannedServer>(&endpoints, signals, 1, isAlone: true);
            case ConcurrencyKind.Prefork:
                return PreforkWorker.Run<RandomKernel, PlannedApp, PlannedServer>(&endpoints, signals, world.Allocate(MemorySize));
            default:
                byte* memory = world.Allocate(MemorySize);
                ClientAddress client;
                int connection = -1;
                for (endpoints.Current = endpoints.Count; connection < 0 && endpoints.Current > 0;)
                {
                    int listener = endpoints.First[--endpoints.Current].Descriptor;
                    connection = PlannedApp.IsObserved ? ClientAddress.Accept<RandomKernel>(&client, listener) : (int)RandomKernel.accept(listener, null, null);
                }

                PlannedApp.Role = endpoints.CurrentRole;
                if (PlannedApp.IsObserved)
                {
                    HttpChild.SetClient<PlannedApp>(memory, &client);
                }

                _ = HttpChild.Serve<RandomKernel, PlannedApp, PlannedServer>(connection, signals, memory, Ending.None);
                _ = RandomKernel.close(connection);
                return 0;
        }
    }
}
