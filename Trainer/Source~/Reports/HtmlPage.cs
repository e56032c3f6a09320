using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Reports;

/// <summary>A page being written: HTML that is XML too. All text that is not HTML passes through <see cref="Text"/>.</summary>
internal sealed class HtmlPage
{
    private const int ShownWidth = 64, MostEnlarged = 4;
    private static readonly string Style = ReadStyle();
    private readonly StringBuilder _html = new();
    private readonly List<(string Id, string Title)> _sections = [];
    private readonly string _head;
    private int _contentsAt = -1;

    /// <summary>
    /// A page of sprites of one size, which a browser reads again every <paramref name="refreshSeconds"/> unless that is 0.
    /// </summary>
    public HtmlPage(string title, int spriteWidth, int spriteHeight, int refreshSeconds = 0)
    {
        // Whole multiples only, and five beside each other on a phone.
        int enlarged = Math.Clamp((int)Math.Round((double)ShownWidth / spriteWidth), 1, MostEnlarged);
        SpriteWidth = spriteWidth * enlarged;
        _head = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><meta name=\"viewport\" "
            + "content=\"width=device-width, initial-scale=1\"/>"
            // Proof that the page needs nothing else, and that nothing in it can ask for more.
            + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src "
            + "'unsafe-inline'\"/>"
            + (refreshSeconds > 0 ? $"<meta http-equiv=\"refresh\" content=\"{refreshSeconds}\"/>" : "")
            + $"\n<title>{Text(title)}</title>\n<style>\n{Style}\n:root {{ --w: {spriteWidth}; --h: {spriteHeight}; "
            + $"--k: {enlarged}; }}\n</style></head>\n<body>";
    }

    /// <summary>How wide a sprite is shown, CSS pixels.</summary>
    public int SpriteWidth { get; }

    /// <summary>The whole page.</summary>
    public string Finish(string footer)
    {
        string contents = _contentsAt < 0 ? "" : "<nav aria-label=\"Contents\">"
            + string.Concat(_sections.Select(section => $"<a href=\"#{section.Id}\">{Text(section.Title)}</a>")) + "</nav>\n";
        string body = _html.ToString().Insert(Math.Max(0, _contentsAt), contents);
        return $"{_head}<main>\n{body}</main>\n<footer>{Text(footer)}</footer>\n</body></html>\n";
    }

    /// <summary>Adds HTML as it is.</summary>
    public HtmlPage Add(string html)
    {
        _html.Append(html).Append('\n');
        return this;
    }

    /// <summary>Puts links to all sections here.</summary>
    public HtmlPage Contents()
    {
        _contentsAt = _html.Length;
        return this;
    }

    /// <summary>Adds a section with a heading, a sentence and what <paramref name="content"/> adds.</summary>
    public HtmlPage Section(string id, string title, string lead, Action content)
    {
        _sections.Add((id, title));
        Add($"<section id=\"{id}\" aria-labelledby=\"{id}-title\"><h2 "
            + $"id=\"{id}-title\">{Text(title)}</h2>{(lead.Length > 0 ? $"<p>{Text(lead)}</p>" : "")}");
        content();
        return Add("</section>");
    }

    /// <summary>Adds rows of name and value.</summary>
    public HtmlPage Facts(IEnumerable<(string Name, string Value)> rows)
    {
        _html.Append("<table class=\"facts\"><tbody>");
        foreach (var (name, value) in rows) _html.Append($"<tr><th scope=\"row\">{Text(name)}</th><td>{Text(value)}</td></tr>");
        return Add("</tbody></table>");
    }

    /// <summary>Adds sprites, laid out as the class <paramref name="layout"/> says.</summary>
    public HtmlPage Sprites(IEnumerable<(Bitmap Sprite, string Name)> sprites, string layout) =>
        Add($"<div class=\"{layout}\">{string.Concat(sprites.Select(sprite => Image(sprite.Sprite, sprite.Name)))}</div>");

    /// <summary>A sprite as an image that needs no other file.</summary>
    public static string Image(Bitmap sprite, string name) =>
        $"<img class=\"s\" src=\"{Data(PictureWriter.EncodePng(sprite, reduce: true))}\" alt=\"{Text(name)}\" "
            + $"title=\"{Text(name)}\"/>";

    /// <summary>A sprite above a line of text.</summary>
    public static string Figure(Bitmap sprite, string name, string caption) =>
        $"<figure>{Image(sprite, name)}<figcaption>{Text(caption)}</figcaption></figure>";

    /// <summary>A PNG file as an address.</summary>
    public static string Data(ReadOnlySpan<byte> png) => "data:image/png;base64," + Convert.ToBase64String(png);

    /// <summary>Text, safe inside HTML and its attributes.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(PlainText.Clean(text));

    private static string ReadStyle()
    {
        using Stream style = typeof(HtmlPage).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(style);
        return reader.ReadToEnd();
    }
}
