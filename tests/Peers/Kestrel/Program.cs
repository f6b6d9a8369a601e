using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args); // --urls http://127.0.0.1:8080
builder.Logging.ClearProviders();
WebApplication app = builder.Build();
app.MapGet("/", () => TypedResults.Text("Hello, World!\n", "text/plain; charset=utf-8"));

// The echo and the JSON of sample/Api.
app.MapPost("/echo", async (HttpRequest request, HttpResponse response) =>
{
    response.ContentType = request.ContentType;
    response.ContentLength = request.ContentLength;
    await request.Body.CopyToAsync(response.Body);
});
app.MapGet("/users/{user}/posts/{post}", (string user, string post) => TypedResults.Text(Json.Of(new UserPost(user, post)) + "\n", "application/json"));

// The shapes of HttpArena, which are measured beside tests/Servers/Arena.
app.MapGet("/baseline11", (long a, long b) => TypedResults.Text((a + b).ToString(CultureInfo.InvariantCulture), "text/plain"));
app.MapPost("/baseline11", async (long a, long b, HttpRequest request) =>
{
    using var reader = new StreamReader(request.Body);
    long body = long.Parse(await reader.ReadToEndAsync(), CultureInfo.InvariantCulture);
    return TypedResults.Text((a + b + body).ToString(CultureInfo.InvariantCulture), "text/plain");
});
app.MapGet("/pipeline", () => TypedResults.Text("ok", "text/plain"));
string files = Path.Combine(builder.Environment.ContentRootPath, "static");
if (Directory.Exists(files))
{
    app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(files), RequestPath = "/static" });
}

app.Run();

internal sealed record UserPost([property: JsonPropertyName("user")] string User, [property: JsonPropertyName("post")] string Post);

[JsonSerializable(typeof(UserPost))]
internal sealed partial class Json : JsonSerializerContext
{
    /// <summary>A method of the source: the generator of the routes does not see what another generator makes.</summary>
    internal static string Of(UserPost post) => JsonSerializer.Serialize(post, Default.UserPost);
}
