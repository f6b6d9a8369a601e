using SyscallServer;

/// <summary>
/// Answers that depend on the request: an echo, the time in JSON, a form. The handlers run without a runtime: they read spans of the request and write bytes, and nothing is allocated.
/// </summary>
[TcpServer(Port = 8080)]
[Redirect("/", "/form")]
static partial class Api
{
    private const int LongestName = 100;

    /// <summary>curl --data-binary @file localhost:8080/echo</summary>
    [Post("/echo", MaxBodyBytes = 65536, MaxResponseBytes = 65536)]
    static void Echo(in Request request, ref ResponseWriter response)
    {
        response.ContentType = request.ContentType;
        response.Write(request.Body);
    }

    /// <summary>The time, as a client's script would like it.</summary>
    [Get("/time")]
    static void Time(in Request request, ref ResponseWriter response)
    {
        long milliseconds = request.UnixTimeMilliseconds;
        response.ContentType = "application/json"u8;
        response.AddHeader("Cache-Control"u8, "no-store"u8);
        response.Write("{\"seconds\":"u8);
        response.Write(milliseconds / 1000);
        response.Write(",\"milliseconds\":"u8);
        response.Write(milliseconds % 1000);
        response.Write("}\n"u8);
    }

    [Get("/form")]
    static void Form(in Request request, ref ResponseWriter response)
    {
        response.ContentType = "text/html; charset=utf-8"u8;
        response.Write("""
            <!doctype html>
            <meta charset="utf-8">
            <title>A form</title>
            <form method="post">
              <label>Your name <input name="name" maxlength="100" required></label>
              <button>Say hello</button>
            </form>

            """u8);
    }

    /// <summary>What is typed into a page comes back into a page: escaped, or it could be a script.</summary>
    [Post("/form", MaxBodyBytes = 4096)]
    static void Greet(in Request request, ref ResponseWriter response)
    {
        System.Span<byte> name = stackalloc byte[LongestName];
        if (!request.TryGetForm("name"u8, name, out int length) || length == 0)
        {
            response.Status = 422;
            response.Write("The form has no name, or a longer one than 100 bytes.\n"u8);
            return;
        }

        response.ContentType = "text/html; charset=utf-8"u8;
        response.Write("<!doctype html>\n<title>Hello</title>\n<p>Hello, "u8);
        response.WriteHtml(name[..length]);
        response.Write("!\n"u8);
    }

    /// <summary>A path with parameters.</summary>
    [Get("/users/{user}/posts/{post}")]
    static void Post(in Request request, ref ResponseWriter response)
    {
        response.ContentType = "application/json"u8;
        response.Write("{\"user\":"u8);
        response.WriteJson(request.Parameter("user"u8));
        response.Write(",\"post\":"u8);
        response.WriteJson(request.Parameter("post"u8));
        response.Write("}\n"u8);
    }
}
