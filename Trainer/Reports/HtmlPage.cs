using System;
using System.Collections.Generic;
using System.Net;
using System.Text;
using VaeContent.Trainer.Images;

namespace VaeContent.Trainer.Reports;

/// <summary>A page being written. All text that is not HTML passes through <see cref="Text"/>.</summary>
internal sealed class HtmlPage
{
    private const int ShownWidth = 64, MostEnlarged = 4;
    private readonly StringBuilder _html = new();

    /// <summary>A page of sprites of one size.</summary>
    public HtmlPage(string title, int spriteWidth, int spriteHeight)
    {
        // Whole multiples only, and eight beside each other on half a screen.
        int enlarged = Math.Clamp((int)Math.Round((double)ShownWidth / spriteWidth), 1, MostEnlarged);
        _html.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        _html.Append($"<title>{Text(title)}</title>\n<style>\n{ReportStyle.Css}\n:root {{ --w: {spriteWidth}; --h: {spriteHeight}; --k: {enlarged}; }}\n</style></head><body><main>\n");
    }

    /// <summary>The whole page.</summary>
    public string Finish(string footer) => _html + $"<footer>{Text(footer)}</footer>\n</main></body></html>\n";

    /// <summary>Adds HTML as it is.</summary>
    public HtmlPage Add(string html)
    {
        _html.Append(html).Append('\n');
        return this;
    }

    /// <summary>Adds a section with a heading, a sentence and what <paramref name="content"/> adds.</summary>
    public HtmlPage Section(string title, string lead, Action content)
    {
        Add($"<section><h2>{Text(title)}</h2><p>{Text(lead)}</p>");
        content();
        return Add("</section>");
    }

    /// <summary>Adds rows of name and value.</summary>
    public HtmlPage Facts(IEnumerable<(string Name, string Value)> rows)
    {
        _html.Append("<table class=\"facts\">");
        foreach (var (name, value) in rows) _html.Append($"<tr><td>{Text(name)}</td><td>{Text(value)}</td></tr>");
        return Add("</table>");
    }

    /// <summary>Adds sprites, in rows or, with the class <c>strip</c>, in one row.</summary>
    public HtmlPage Sprites(IEnumerable<(Bitmap Sprite, string Name)> sprites, string layout = "sprites")
    {
        _html.Append($"<div class=\"{layout}\">");
        foreach (var (sprite, name) in sprites) _html.Append(Image(sprite, name));
        return Add("</div>");
    }

    /// <summary>A sprite as an image that needs no other file.</summary>
    public static string Image(Bitmap sprite, string name) =>
        $"<img src=\"data:image/png;base64,{Convert.ToBase64String(PngWriter.Encode(sprite))}\" alt=\"{Text(name)}\" title=\"{Text(name)}\">";

    /// <summary>Text, safe inside HTML and its attributes.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);
}
