namespace VaeContent.Trainer.Reports;

/// <summary>How a report looks: dark or light as the reader's system, one column on a phone.</summary>
internal static class ReportStyle
{
    /// <summary>
    /// CSS. The page adds the size of a sprite as --w, --h and how often it is enlarged as --k. Text has a contrast of at least
    /// 4.5 to 1 on its ground, lines and marks of 3 to 1. Holds no character that XML would take for markup.
    /// </summary>
    public const string Css = """
        :root { color-scheme: light dark; --page: #f4f5f7; --card: #fff; --ink: #1b1f27; --soft: #5b6474; --line: #e2e5eb; --train: #2563d9; --held: #c2570c;
            --good: #15703d; --good-tint: #e7f5ec; --fair: #8a5a00; --fair-tint: #fdf3dc; --bad: #b3261e; --bad-tint: #fcebea; --code: #eef0f4; --a: #3f4654; --b: #474f5e; }
        @media (prefers-color-scheme: dark) { :root { --page: #12141a; --card: #1a1d25; --ink: #e9ebf0; --soft: #a2abbc; --line: #2c313d; --train: #78a6ff; --held: #f29b4b;
            --good: #6fd697; --good-tint: #16291f; --fair: #f0c15c; --fair-tint: #2c2514; --bad: #ff938a; --bad-tint: #331c1d; --code: #252a35; --a: #333946; --b: #3a4150; } }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; scroll-padding-top: 12px; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        main { max-width: 1240px; margin: 0 auto; padding: 36px 20px 0; }
        h1 { font-size: 2.1rem; line-height: 1.2; margin: 0 0 4px; letter-spacing: -.02em; overflow-wrap: anywhere; }
        h2 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 4px; letter-spacing: -.01em; }
        h3 { font-size: 1rem; line-height: 1.35; margin: 20px 0 8px; font-weight: 600; }
        h3 span { color: var(--soft); font-weight: 400; font-size: .9rem; margin-left: .6em; }
        p { margin: 0 0 16px; max-width: 75ch; color: var(--soft); }
        a { color: var(--train); }
        header p { margin: 0; max-width: none; }
        section { min-width: 0; background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 20px; margin-top: 16px; }
        nav { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 16px; }
        nav a { font-size: .88rem; text-decoration: none; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 99px; padding: 4px 12px; }
        nav a:hover, nav a:focus { border-color: var(--train); }

        .good { --tone: var(--good); --tint: var(--good-tint); } .fair { --tone: var(--fair); --tint: var(--fair-tint); } .bad { --tone: var(--bad); --tint: var(--bad-tint); }
        .verdict { border-top: 5px solid var(--tone); padding: 24px; }
        .verdict h2 { font-size: 1.5rem; margin: 12px 0 20px; max-width: 46ch; }
        .word { display: inline-flex; align-items: center; gap: 8px; margin: 0; padding: 4px 14px 4px 6px; border-radius: 99px; background: var(--tint); color: var(--tone); font-weight: 700; }
        .mark { width: 22px; height: 22px; flex: none; }
        .mark circle { fill: var(--tone); }
        .mark path { fill: none; stroke: var(--card); stroke-width: 2.4; stroke-linecap: round; stroke-linejoin: round; }
        .checks { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); gap: 12px; }
        .checks li { border-radius: 10px; padding: 14px 16px; background: var(--tint); }
        .checks h3 { display: flex; align-items: center; gap: 8px; margin: 0; }
        .checks p { margin: 0; font-size: .9rem; color: var(--ink); }
        .checks .big { font-size: 1.7rem; font-weight: 700; line-height: 1.5; font-variant-numeric: tabular-nums; letter-spacing: -.02em; }
        .checks .big span { font-size: .88rem; font-weight: 600; letter-spacing: 0; color: var(--tone); margin-left: .7em; }
        .next { margin: 0; padding-left: 1.4em; }
        .next li { margin-bottom: 8px; }
        pre { margin: 4px 0 0; padding: 8px 12px; border-radius: 8px; background: var(--code); white-space: pre-wrap; overflow-wrap: anywhere; font: .85rem/1.5 ui-monospace, "Cascadia Mono", Consolas, monospace; }
        #small-set { background: var(--fair-tint); border-color: var(--fair); }
        #small-set p, #small-set .facts th { color: var(--ink); }
        #small-set p:last-child { margin: 14px 0 0; }

        .s { display: block; flex: none; width: calc(var(--w) * var(--k) * 1px); height: calc(var(--h) * var(--k) * 1px); image-rendering: pixelated; border-radius: 3px;
            background: repeating-conic-gradient(var(--a) 0 25%, var(--b) 0 50%) 0 0 / calc(var(--k) * 8px) calc(var(--k) * 8px); }
        figure { margin: 0; min-width: 0; }
        figcaption { font-size: .8rem; line-height: 1.4; color: var(--soft); margin-top: 2px; font-variant-numeric: tabular-nums; }
        .grid { display: grid; grid-template-columns: repeat(auto-fill, calc(var(--w) * var(--k) * 1px)); gap: 4px 8px; justify-content: space-between; }
        .grid figcaption, .four figcaption { text-align: center; }
        .pairs { display: grid; grid-template-columns: repeat(auto-fill, calc(var(--w) * var(--k) * 2px + 2px)); gap: 12px; justify-content: space-between; }
        .two { display: flex; gap: 2px; }
        .line { display: flex; flex-wrap: wrap; gap: 4px; height: calc(var(--h) * var(--k) * 1px); overflow: hidden; }
        .line:empty { display: none; }
        .strip { display: flex; gap: 4px; overflow-x: auto; padding-bottom: 2px; }
        .neighbours { display: grid; grid-template-columns: repeat(auto-fill, minmax(calc(var(--w) * var(--k) * 4px + 58px), 1fr)); gap: 10px; }
        .four { display: flex; gap: 4px; justify-content: center; padding: 10px 10px 6px; border-radius: 10px; background: var(--page); }
        .four span { width: 22px; padding-bottom: 18px; align-self: center; text-align: center; color: var(--soft); }
        .moment { display: grid; grid-template-columns: 112px minmax(0, 1fr) minmax(0, 1fr); gap: 4px 14px; align-items: center; padding: 3px 0; }
        .moment p { margin: 0; font-size: .85rem; line-height: 1.35; font-variant-numeric: tabular-nums; }
        .moment b { color: var(--ink); }
        .moment span { display: block; }
        .heads h3 { margin: 6px 0 2px; }

        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); gap: 8px 24px; align-items: start; }
        .charts h3 { margin: 8px 0 0; }
        .charts svg { display: block; width: 100%; height: auto; overflow: visible; }
        .charts svg svg { overflow: hidden; }
        .charts text { fill: var(--soft); font-size: 12px; font-variant-numeric: tabular-nums; }
        .charts .grid { stroke: var(--line); }
        .charts circle { fill: var(--held); stroke: var(--card); stroke-width: 2; }
        polyline { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
        .train { stroke: var(--train); } .held { stroke: var(--held); stroke-width: 2.4; stroke-dasharray: 6 3; }
        .legend { font-size: .85rem; margin: 0 0 2px; }
        .legend b { font-weight: 400; margin-right: 1.2em; white-space: nowrap; }
        .legend b::before { content: ""; display: inline-block; width: 18px; margin-right: 6px; vertical-align: middle; border-top: 3px solid var(--train); }
        .legend b.held-key::before { border-top: 3px dashed var(--held); }

        table { width: 100%; border-collapse: collapse; font-size: .92rem; }
        td, th { padding: 7px 12px 7px 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
        .facts tr:first-child th, .facts tr:first-child td, .head th, .head td { border-top: 0; }
        .head th, .head td { font-weight: 600; padding-top: 18px; }
        tbody:first-child .head th, tbody:first-child .head td { padding-top: 0; }
        .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        .hint { color: var(--soft); padding-left: 14px; width: 45%; }
        .facts th { color: var(--soft); width: 13em; }
        .facts td { overflow-wrap: anywhere; }
        .swatches { display: flex; flex-wrap: wrap; gap: 3px; margin-top: 14px; }
        .swatches i { width: 22px; height: 22px; border-radius: 4px; }
        summary { cursor: pointer; font-weight: 600; }
        details table { margin-top: 12px; }
        progress { width: 100%; height: 14px; accent-color: var(--train); }
        .now { margin: 6px 0 0; } .now b { color: var(--ink); font-size: 1.3rem; margin-right: .4em; }
        .preview { overflow-x: auto; } .preview img { display: block; image-rendering: pixelated; border-radius: 6px; }
        footer { max-width: 1240px; margin: 0 auto; padding: 20px 20px 48px; color: var(--soft); font-size: .88rem; }
        @media (max-width: 620px) {
            main { padding: 20px 12px 0; }
            footer { padding: 16px 14px 36px; }
            h1 { font-size: 1.6rem; }
            section, .verdict { padding: 16px 14px; }
            .verdict h2 { font-size: 1.25rem; margin-bottom: 16px; }
            .checks { gap: 8px; }
            .checks .big { font-size: 1.4rem; }
            nav { flex-wrap: nowrap; overflow-x: auto; margin-right: -12px; padding-bottom: 4px; } nav a { flex: none; }
            #training .s:nth-child(n + 16) { display: none; }
            .two-lines { height: calc(var(--h) * var(--k) * 2px + 4px); }
            .morph .s { display: none; }
            .morph .s:nth-child(4n + 1) { display: block; }
            .grid, .pairs { gap: 4px; justify-content: start; }
            .heads { display: none; }
            .moment { grid-template-columns: 1fr; padding: 10px 0 0; }
            .moment span { display: inline; margin-left: .5em; }
            .hints, .hints tbody { display: block; }
            .hints tr { display: grid; grid-template-columns: 1fr auto 5em; gap: 0 12px; border-top: 1px solid var(--line); padding: 6px 0; }
            .hints tr.head { border: 0; padding-top: 14px; }
            .hints td, .hints th { border: 0; padding: 0; }
            .hints .hint { grid-column: 1 / -1; width: auto; font-size: .85rem; }
            .facts th { width: 6.5em; }
        }
        """;
}
