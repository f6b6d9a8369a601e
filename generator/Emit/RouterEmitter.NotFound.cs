using System;
using System.Globalization;
using System.Linq;
using SyscallServer.Generator.Emit.Features;
using SyscallServer.Generator.Plan;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Emit;

/// <content>What is answered where no route has a path: a redirect of a file, what its folder has, or an error backend.</content>
internal sealed partial class RouterEmitter
{
    /// <summary>Whether there is a choice of what is answered where no route has a path.</summary>
    internal static bool ChoosesNotFound(HttpPlan plan) => plan.NotFound.Count > 0 || plan.ErrorBackend is not null || plan.Redirects is not null;

    private void EmitNotFound()
    {
        if (!ChoosesNotFound(_plan))
        {
            return;
        }

        string otherwise = ErrorBackendEmitter.Choice(_plan) ?? NotFound;
        NotFoundPlan[] hosts = _plan.NotFound.Where(plan => plan.Host.Length > 0).ToArray();
        for (int i = 0; i < hosts.Length; i++)
        {
            EmitNotFound(hosts[i], FormattableString.Invariant($"NotFound{i}"), otherwise);
        }

        _writer.WriteLines($"""
            /// <summary>What no route has is not simply 404.</summary>
            public static bool ChoosesNotFound => true;

            {Chooses("NotFound")}
            """);
        using (_writer.WriteBlock())
        {
            if (_plan.Management is not null)
            {
                _writer.WriteLines($$"""
                    if ({{EndpointRoleEmitter.IsOfManagement}})
                    {
                        return {{NotFound}};
                    }

                    """);
            }

            RedirectTableEmitter.EmitNotFound(_writer, _plan);
            if (hosts.Length > 0)
            {
                EmitHost(RouteTreeBuilder.Build(hosts.Select(host => HttpPlanner.FoldCase(host.Host)).ToArray(), _ => false), index => FormattableString.Invariant($"response = NotFound{index}(request); // {hosts[index].Host}"));
                _writer.WriteLines("""
                    if (response >= 0)
                    {
                        return response;
                    }

                    """);
            }

            EmitFolders(_plan.NotFound.FirstOrDefault(plan => plan.Host.Length == 0), otherwise);
            _writer.WriteLines($"return {otherwise};");
        }

        _writer.WriteLine();
    }

    /// <summary>Writes a method for what a virtual host has.</summary>
    private void EmitNotFound(NotFoundPlan host, string name, string otherwise)
    {
        _writer.WriteLines($"""
            /// <summary>What {XmlText(host.Host)} has for paths that nothing has. Negative where it has nothing.</summary>
            private static int {name}(EngineHttp::RequestHead* request)
            """);
        using (_writer.WriteBlock())
        {
            EmitFolders(host, otherwise);
            _writer.WriteLines("return -1;");
        }

        _writer.WriteLine();
    }

    /// <summary>Writes the search for the folder that the path of a request would be in.</summary>
    private void EmitFolders(NotFoundPlan? host, string otherwise)
    {
        if (host is null)
        {
            return;
        }

        _writer.WriteLines("""
            byte* path = request->Path;
            int length = request->PathLength;

            """);
        _ = EmitTree(host.Tree, new Names("path", "length", FoldsCase: false), index =>
        {
            NotFoundFolder folder = host.Folders[index];
            string other = folder.Other == FixedResponse.NotFound ? otherwise : folder.Other.ToString(CultureInfo.InvariantCulture);
            _writer.WriteLines(folder.Fallback == FixedResponse.NotFound
                ? $"return {other}; // {folder.Path}*"
                : FormattableString.Invariant($"return EngineHttp::Navigation.IsAsked(request) ? {folder.Fallback} : {other}; // {folder.Path}*"));
            return false;
        });
        _writer.WriteLine();
    }
}
