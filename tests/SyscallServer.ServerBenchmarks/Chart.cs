using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;

namespace SyscallServer.ServerBenchmarks;

/// <summary>A bar: the median, and a line from the least to the greatest.</summary>
/// <param name="IsOwn">Whether it is one of ours, which have another colour.</param>
internal sealed record Bar(string Name, Statistics Value, bool IsOwn);

/// <summary>Bars that are compared with each other. Each panel has a scale of its own.</summary>
internal sealed record Panel(string Title, IReadOnlyList<Bar> Bars);

/// <summary>
/// Measurements as a picture: SVG that follows the light or dark colours of whoever looks, and that says in words what it shows. All
/// lengths are in the units of its viewBox.
/// </summary>
internal static class Chart
{
    private const int Width = 860;
    private const int Margin = 24;
    private const int Names = 190; // of servers, before the bars
    private const int Values = 70; // behind the bars
    private const int BarHeight = 16;
    private const int Step = 24;
    private const int PanelHead = 40;
    private const int Head = 56;
    private const int Longest = Width - (2 * Margin) - Names - Values;

    /// <summary>Draws panels below each other.</summary>
    internal static string Draw(string title, IReadOnlyList<Panel> panels)
    {
        int height = Head + panels.Sum(panel => PanelHead + (panel.Bars.Count * Step)) + Margin;
        var svg = new StringBuilder();
        Line($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" width="{Width}" height="{height}" role="img" aria-labelledby="t d">""");
        Line($"""<title id="t">{Escape(title)}</title>""");
        Line($"""<desc id="d">{Escape(string.Join(' ', panels.Select(InWords)))}</desc>""");
        svg.Append(Style);
        Line($"""<rect class="page" x="0.5" y="0.5" width="{Width - 1}" height="{height - 1}" rx="10"/>""");
        Line($"""<text class="title" x="{Margin}" y="36">{Escape(title)}</text>""");
        int top = Head;
        foreach (Panel panel in panels)
        {
            Line($"""<text class="small" x="{Margin}" y="{top + 24}">{Escape(panel.Title)}</text>""");
            top += PanelHead;
            double scale = Longest / Math.Max(panel.Bars.Max(bar => bar.Value.Greatest), double.Epsilon);
            foreach (Bar bar in panel.Bars)
            {
                DrawBar(bar, top, scale);
                top += Step;
            }
        }

        Line($"</svg>");
        return svg.ToString();

        void DrawBar(Bar bar, int y, double scale)
        {
            const int Left = Margin + Names;
            double middle = y + (BarHeight / 2.0);
            Line($"""<text x="{Left - 10}" y="{y + 13}" text-anchor="end">{Escape(bar.Name)}</text>""");
            Line($"""<rect class="{(bar.IsOwn ? "own" : "peer")}" x="{Left}" y="{y}" width="{bar.Value.Median * scale:0.#}" height="{BarHeight}" rx="2"/>""");
            Line($"""<path class="range" d="M{Left + (bar.Value.Least * scale):0.#} {middle}H{Left + (bar.Value.Greatest * scale):0.#}"/>""");
            Line($"""<text class="small" x="{Left + (bar.Value.Greatest * scale) + 8:0.#}" y="{y + 13}">{bar.Value.Median:0.00}</text>""");
        }

        void Line(FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>The colours of the other pictures of docs/images.</summary>
    private const string Style = """
        <style>
          text { font: 14px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328; }
          .small { font-size: 12px; fill: #59636e; }
          .title { font-weight: 600; }
          .page { fill: #ffffff; stroke: #d1d9e0; }
          .own { fill: #0969da; }
          .peer { fill: #afb8c1; }
          .range { stroke: #1f2328; stroke-width: 1.5; }
          @media (prefers-color-scheme: dark) {
            text { fill: #f0f6fc; }
            .small { fill: #9198a1; }
            .page { fill: #0d1117; stroke: #3d444d; }
            .own { fill: #4493f8; }
            .peer { fill: #656c76; }
            .range { stroke: #f0f6fc; }
          }
        </style>

        """;

    private static string InWords(Panel panel)
        => $"{panel.Title}: {string.Join(", ", panel.Bars.Select(bar => string.Create(CultureInfo.InvariantCulture, $"{bar.Name} {bar.Value.Median:0.00}")))}.";

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
