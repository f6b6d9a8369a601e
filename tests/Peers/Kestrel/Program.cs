using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args); // --urls http://127.0.0.1:8080
builder.Logging.ClearProviders();
WebApplication app = builder.Build();
app.MapGet("/", () => TypedResults.Text("Hello, World!\n", "text/plain; charset=utf-8"));
app.Run();
