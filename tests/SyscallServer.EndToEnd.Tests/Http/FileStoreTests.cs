using System;
using System.IO;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>sample/FileStore, as curl and a browser use it.</summary>
public sealed class FileStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("filestore");

    public void Dispose() => _folder.Delete(recursive: true);

    private string In(params string[] path) => Path.Combine([_folder.FullName, .. path]);

    private async Task<ServerProcess> StartAsync(Host host = Host.Freestanding)
    {
        Directory.CreateDirectory(In("files", "notes"));
        return await ServerProcess.StartAsync(["env", $"--chdir={_folder.FullName}"], await Programs.ExecutableAsync(host, Programs.FileStore));
    }

    private static byte[] RandomBytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    [Theory]
    [InlineData(Host.Freestanding)]
    [InlineData(Host.FreestandingArm64)]
    public async Task What_curl_posts_curl_gets_back(Host host)
    {
        await using ServerProcess server = await StartAsync(host);
        byte[] content = RandomBytes(3_000_000);
        await File.WriteAllBytesAsync(In("x"), content);
        string url = $"http://localhost:{server.Port}/notes/a";
        Assert.Equal("201", await Command.OutputOfAsync("curl", ["-sS", "-o", "/dev/null", "-w", "%{http_code}", "--data-binary", "@" + In("x"), url]));
        await Command.OutputOfAsync("curl", ["-sS", "-o", In("back"), url]);
        Assert.Equal(content, await File.ReadAllBytesAsync(In("back")));
    }

    [Fact]
    public async Task Chromium_uploads_the_file_that_was_chosen_and_downloads_it_again()
    {
        await using ServerProcess server = await StartAsync();
        byte[] content = RandomBytes(5_000_000);
        await File.WriteAllBytesAsync(In("chosen.bin"), content);
        await File.WriteAllTextAsync(In("files", "index.html"), "<title>Files</title><input type=file><a download href=/notes/chosen.bin>get</a>");
        await using Browser browser = await Browser.StartAsync();
        await browser.NavigateAsync($"http://127.0.0.1:{server.Port}/");
        await browser.ChooseFileAsync(In("chosen.bin"));
        const string upload = "fetch('/notes/chosen.bin', { method: 'PUT', body: document.querySelector('input').files[0] }).then(response => String(response.status))";
        Assert.Equal("201", await browser.EvaluateAsync(upload));
        Assert.Equal("204", await browser.EvaluateAsync(upload));
        Assert.Equal(content, await File.ReadAllBytesAsync(In("files", "notes", "chosen.bin")));

        string downloads = In("downloads");
        Directory.CreateDirectory(downloads);
        await browser.DownloadToAsync(downloads);
        await browser.EvaluateAsync("document.querySelector('a').click()?.toString() ?? ''");
        string file = Path.Combine(downloads, "chosen.bin");
        await ServerProcess.EventuallyAsync(() => File.Exists(file) && new FileInfo(file).Length == content.Length, $"it is there: {string.Join(", ", Directory.GetFiles(downloads))}");
        Assert.Equal(content, await File.ReadAllBytesAsync(file));

        // A part of it, and what came of a condition.
        const string part = "fetch('/notes/chosen.bin', { headers: { Range: 'bytes=10-19' } }).then(response => response.arrayBuffer().then(bytes => response.status + ' ' + Array.from(new Uint8Array(bytes)).join(',')))";
        Assert.Equal($"206 {string.Join(',', content[10..20])}", await browser.EvaluateAsync(part));
        const string newOnly = "fetch('/notes/chosen.bin', { method: 'PUT', headers: { 'If-None-Match': '*' }, body: 'x' }).then(response => String(response.status))";
        Assert.Equal("412", await browser.EvaluateAsync(newOnly));
    }
}
