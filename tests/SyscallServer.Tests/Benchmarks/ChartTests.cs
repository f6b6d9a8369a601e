using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using SyscallServer.ServerBenchmarks;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Benchmarks;

/// <summary>The picture of the benchmark.</summary>
[Trait("Category", "Documents")]
public class ChartTests
{
    private const int MaxLength = 12 * 1024;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly Panel[] Panels =
    [
        new("64 connections", [new Bar("event-loop", new Statistics(9, 8, 10), IsOwn: true), new Bar("floor", new Statistics(8, 7.5, 12), IsOwn: false)]),
        new("<16 & more>", [new Bar("event-loop", new Statistics(0.65, 0.6, 0.7), IsOwn: true)]),
    ];

    [Fact]
    public void A_bar_is_as_long_as_its_value_beside_the_greatest_of_its_panel()
    {
        XElement[] bars = [.. XDocument.Parse(Chart.Draw("CPU", Panels)).Descendants(Svg + "rect").Where(rectangle => (string?)rectangle.Attribute("class") != "page")];
        Assert.Equal(["own", "peer", "own"], bars.Select(bar => (string?)bar.Attribute("class")));
        double[] lengths = [.. bars.Select(bar => double.Parse(bar.Attribute("width")!.Value, CultureInfo.InvariantCulture))];
        double unit = lengths[0] / 9;
        Assert.Equal(8 * unit, lengths[1], 0.1);
        Assert.Equal(lengths[2] / 0.65 * 0.7, unit * 12, 0.5);
    }

    [Fact]
    public void All_of_it_is_said_in_words()
    {
        XElement root = XDocument.Parse(Chart.Draw("CPU", Panels)).Root!;
        Assert.Equal("img", (string?)root.Attribute("role"));
        Assert.Equal("CPU", (string?)root.Element(Svg + "title"));
        Assert.Equal("64 connections: event-loop 9.00, floor 8.00. <16 & more>: event-loop 0.65.", (string?)root.Element(Svg + "desc"));
    }

    [Fact]
    public void Nothing_lies_outside_of_it()
    {
        XElement root = XDocument.Parse(Chart.Draw("CPU", Panels)).Root!;
        int height = (int)root.Attribute("height")!;
        Assert.All(root.Descendants(Svg + "rect").Attributes("y"), y => Assert.InRange((double)y, 0, height));
        Assert.All(root.Descendants(Svg + "text").Attributes("x"), x => Assert.InRange((double)x, 0, 860));
    }

    /// <summary>That of the documentation is made by the same code: it has both colours, and is small.</summary>
    [Fact]
    public void The_one_in_the_documentation_is_a_chart_in_light_and_dark()
    {
        string text = File.ReadAllText(Repository.Path("docs", "images", "benchmarks.svg"));
        Assert.True(Encoding.UTF8.GetByteCount(text) < MaxLength);
        Assert.Contains("prefers-color-scheme: dark", text, StringComparison.Ordinal);
        XElement root = XDocument.Parse(text).Root!;
        string style = (string)root.Element(Svg + "style")!;
        Assert.Contains(style.Trim(), Chart.Draw("CPU", Panels), StringComparison.Ordinal);
        Assert.NotEmpty((string)root.Element(Svg + "desc")!);
    }
}
