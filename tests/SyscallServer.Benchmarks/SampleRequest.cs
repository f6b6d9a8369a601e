using System.Collections.Generic;

namespace SyscallServer.Benchmarks;

/// <summary>A request as its client sends it.</summary>
public sealed record SampleRequest(string Name, string Text)
{
    internal static IEnumerable<SampleRequest> All =>
    [
        new("curl", """
            GET / HTTP/1.1
            Host: localhost:8080
            User-Agent: curl/8.5.0
            Accept: */*


            """.ReplaceLineEndings("\r\n")),
        new("browser", """
            GET /assets/index-4f3a2b1c.js HTTP/1.1
            Host: www.example.com
            Connection: keep-alive
            sec-ch-ua: "Chromium";v="130", "Google Chrome";v="130", "Not?A_Brand";v="99"
            sec-ch-ua-mobile: ?0
            sec-ch-ua-platform: "Linux"
            Upgrade-Insecure-Requests: 1
            User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8
            Sec-Fetch-Site: none
            Sec-Fetch-Mode: navigate
            Sec-Fetch-User: ?1
            Sec-Fetch-Dest: document
            Accept-Encoding: gzip, deflate, br, zstd
            Accept-Language: en-US,en;q=0.9


            """.ReplaceLineEndings("\r\n")),
    ];

    public override string ToString() => Name;
}
