using System;
using System.Linq;
using System.Text;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>What the emitted struct gives the engine, read back from the compiled program: it must be what was planned.</summary>
public class EmittedAppTests
{
    [Fact]
    public void Limits_are_constants()
    {
        EmittedApp app = (Site.Of(Site.Route("/", "x")) with { MaxTargetBytes = 1, MaxHeaderBytes = 2, MaxBodyBytes = 3, SendsDate = false }).Load();
        Assert.Equal(1, app.Constant("MaxTargetBytes"));
        Assert.Equal(2, app.Constant("MaxHeaderBytes"));
        Assert.Equal(3, app.Constant("MaxBodyBytes"));
        Assert.Equal(false, app.Constant("SendsDate"));
    }

    [Fact]
    public void Text_arrives_as_text() => AssertArrives(Site.Of(Site.Route("/", Site.Response("gr\u00FC\u00DFe \u4E16\u754C \"\\\r\n\0", compress: false))), "u8 +");

    [Fact]
    public void Much_text_arrives_as_text()
        => AssertArrives(Site.Of(Enumerable.Range(0, 300).Select(i => Site.Route($"/{i}", new string((char)('a' + i % 26), 300) + "\n" + i)).Select(WithoutGzip).ToArray()), "u8 +");

    [Fact]
    public void Other_content_arrives_as_bytes() => AssertArrives(ResponsePlanTests.EveryFeature(), "0x1F, 0x8B, ");

    [Fact]
    public void Much_other_content_arrives_as_words()
    {
        byte[] noise = new byte[40_001];
        new Random(1).NextBytes(noise);
        AssertArrives(Site.Of(Site.Route("/", Site.Response("", compress: false) with { Body = new EquatableArray<byte>(noise) }), Site.Route("/x", "x")), "ReadOnlySpan<ulong> Messages");
    }

    private static RouteSpec WithoutGzip(RouteSpec route) => route with { Response = route.Response! with { Compress = false } };

    private static unsafe void AssertArrives(HttpSpec http, string form)
    {
        Assert.Contains(form, http.Emit(), StringComparison.Ordinal);
        HttpPlan plan = http.Plan();
        EmittedApp app = http.Load();
        for (int i = 0; i < plan.Responses.Count; i++)
        {
            ResponsePlan planned = plan.Responses[i];
            PlannedResponse response = app.Responses[i];
            Assert.Equal(Encoding.UTF8.GetString(planned.Message.Head.ToArray()), app.Head(i));
            Assert.Equal(planned.Message.Body.Bytes, app.Body(i));
            int entityTag = response.Variants & ~(PlannedResponse.HasGzip | PlannedResponse.HasBrotli);
            Assert.Equal(planned.NotModified, entityTag == 0 ? 0 : i + 1);
            Assert.Equal(planned.Gzip, (response.Variants & PlannedResponse.HasGzip) == 0 ? 0 : i + (entityTag == 0 ? 1 : 2));
            if (entityTag != 0)
            {
                Assert.Equal(
                    planned.Message.Head.Skip(planned.Message.EntityTag).Take(planned.Message.EntityTagLength),
                    new ReadOnlySpan<byte>(app.Bytes + response.Head + entityTag, planned.Message.EntityTagLength).ToArray());
            }
        }
    }
}
