extern alias Runtime;

using Runtime::SyscallServer.Internal.Startup;
using Xunit;

namespace SyscallServer.Tests.Runtime;

/// <summary>What "dotnet run" says at a terminal of what a server answers.</summary>
public class RouteListTests
{
#pragma warning disable SYSC016 // It is to be described, and not to be run.
    [StaticResponse("/", "a")]
    [StaticResponse("/b", "b", Method = "PUT", Host = "example.com")]
    [Redirect("/old", "/")]
    [StaticFile("/logo.svg", "wwwroot/logo.svg")]
    [StaticFiles("/docs/", "docs")]
    [Files("/files/", "/srv/files")]
    [Upload("/files/", "/srv/files")]
    [HealthCheck("/healthz")]
    [Metrics("/metrics", Listen = "127.0.0.1:9090")]
    [NotFound("gone")]
    private static class Described
    {
        [Route("/text")]
        private const string Text = "text";

        [Get("/users/{id}")]
        private static void User(in Request request, ref ResponseWriter response) => response.Write(Text);

        [Route("PATCH", "/users/{id}")]
        private static void Change(in Request request, ref ResponseWriter response) => response.Write("b"u8);
    }

    private static class Nothing;
#pragma warning restore SYSC016

    [Fact]
    public void Each_route_has_a_line_with_its_methods_its_path_and_what_answers()
        => Assert.Equal(
            """
            Described answers:
              GET        /
              PUT        example.com/b
              GET        /old           -> /
              GET        /logo.svg      wwwroot/logo.svg
              GET        /docs/*        docs
              GET        /files/*       /srv/files
              PUT, POST  /files/*       /srv/files
              GET        /healthz       health
              GET        /metrics       metrics, at 127.0.0.1:9090
              GET        /users/{id}    User
              PATCH      /users/{id}    Change
              GET        /text          Text

            """,
            ManagedHost.DescribeRoutes(typeof(Described)));

    [Fact]
    public void A_class_without_routes_has_no_list() => Assert.Equal("", ManagedHost.DescribeRoutes(typeof(Nothing)));
}
