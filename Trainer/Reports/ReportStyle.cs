namespace VaeContent.Trainer.Reports;

/// <summary>How a report looks: dark or light as the reader's system, one column on a phone.</summary>
internal static class ReportStyle
{
    /// <summary>CSS. The page adds the size of a sprite as --w, --h and how often it is enlarged as --k.</summary>
    public const string Css = """
        :root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --ink: #1d2129; --soft: #667085; --line: #e3e6ec; --train: #2f6fde; --held: #d9730d; --slate: #434a59; }
        @media (prefers-color-scheme: dark) { :root { --page: #14161b; --card: #1c1f26; --ink: #e8eaef; --soft: #98a1b3; --line: #2d323d; --train: #6ea0ff; --held: #f0a24a; --slate: #394050; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; -webkit-text-size-adjust: 100%; }
        main { max-width: 1240px; margin: 0 auto; padding: 32px 20px 48px; }
        h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 4px; letter-spacing: -.01em; overflow-wrap: anywhere; }
        h2 { font-size: 1.15rem; margin: 0 0 2px; }
        h3 { font-size: .95rem; margin: 18px 0 6px; font-weight: 600; }
        h3 span, p, figcaption, summary span { color: var(--soft); }
        h3 span { font-weight: 400; margin-left: .5em; }
        p { margin: 0 0 14px; max-width: 70ch; }
        section, details { min-width: 0; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 20px; margin-top: 16px; }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 16px; }
        .pair { margin-top: 16px; }
        .pair > section { margin-top: 0; min-width: 0; }
        .sprites, .pairs { display: flex; flex-wrap: wrap; gap: 4px; }
        .strip { display: flex; gap: 4px; overflow-x: auto; margin-bottom: 8px; padding-bottom: 2px; }
        .pairs { gap: 12px 10px; }
        img { display: block; flex: none; width: calc(var(--w) * var(--k) * 1px); height: calc(var(--h) * var(--k) * 1px); image-rendering: pixelated; background: var(--slate); border-radius: 3px; }
        figure { margin: 0; }
        .two { display: flex; gap: 2px; }
        figcaption { font-size: .78rem; margin-top: 4px; }
        table { width: 100%; border-collapse: collapse; font-size: .92rem; }
        td, th { padding: 7px 10px 7px 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
        th { font-weight: 600; border-top: 0; padding-top: 14px; }
        tr:first-child th { padding-top: 0; }
        td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        td.hint { color: var(--soft); padding-left: 14px; }
        .facts td:first-child { color: var(--soft); width: 11em; }
        .facts td { overflow-wrap: anywhere; }
        .swatches { display: flex; flex-wrap: wrap; gap: 2px; margin-top: 14px; }
        .swatches i { width: 18px; height: 18px; border-radius: 3px; }
        svg { display: block; width: 100%; height: auto; overflow: visible; }
        svg svg { overflow: hidden; }
        svg text { fill: var(--soft); font-size: 12px; }
        svg .grid { stroke: var(--line); }
        polyline { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
        .train { stroke: var(--train); } .held { stroke: var(--held); }
        .legend { font-size: .85rem; margin: 6px 0 0; }
        .legend b { font-weight: 400; margin-right: 1.2em; white-space: nowrap; }
        .legend b::before { content: ""; display: inline-block; width: 16px; height: 3px; border-radius: 2px; margin-right: 6px; vertical-align: middle; background: var(--train); }
        .legend b.held-key::before { background: var(--held); }
        summary { cursor: pointer; font-weight: 600; font-size: 1.15rem; }
        summary span { font-weight: 400; font-size: 1rem; }
        details table { margin-top: 12px; }
        footer { color: var(--soft); font-size: .85rem; margin-top: 20px; }
        @media (max-width: 620px) {
            main { padding: 20px 12px 32px; }
            h1 { font-size: 1.5rem; }
            section, details { padding: 14px; }
            .hints tr { display: grid; grid-template-columns: 1fr 5.4em 5.4em; }
            .hints td.n, .hints th.n { padding-right: 0; }
            .facts td:first-child { width: 6em; }
            .hints td.hint { padding-left: 0; grid-column: 1 / -1; padding-top: 0; border-top: 0; }
            .hints th:last-child, .morph img { display: none; }
            .morph img:first-child, .morph img:nth-child(4n) { display: block; }
        }
        """;
}
