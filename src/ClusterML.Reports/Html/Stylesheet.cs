namespace ClusterML.Reports.Html;

/// <summary>The style of the report; no fonts or images from elsewhere.</summary>
internal static class Stylesheet
{
    internal const string Css = """
        :root { --ink: #1d2126; --quiet: #5b6570; --paper: #ffffff; --card: #f5f7f9; --line: #d9dfe5; --main: #0072b2; --mark: #e4f1f9; --bad: #a94400; --good: #00664b; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6e9ec; --quiet: #a3adb8; --paper: #16191d; --card: #1f2429; --line: #353c44; --main: #6fb9e6; --mark: #1c3443; --bad: #f0a070; --good: #6fd1ad; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", Verdana, sans-serif; }
        main { max-width: 1180px; margin: 0 auto; padding: 24px 24px 80px; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 4px; overflow-wrap: anywhere; }
        h2 { font-size: 1.3rem; margin: 48px 0 8px; padding-top: 12px; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
        h3 { font-size: 1.05rem; margin: 28px 0 6px; overflow-wrap: anywhere; }
        p, ul { max-width: 78ch; overflow-wrap: anywhere; }
        nav { font-size: .9rem; margin: 16px 0 0; }
        nav a { margin-right: 14px; color: var(--main); }
        .quiet, figcaption, caption { color: var(--quiet); font-size: .92rem; }
        .headline { background: var(--card); border-left: 5px solid var(--main); padding: 14px 18px; margin: 20px 0; border-radius: 4px; }
        .headline p { margin: 6px 0; max-width: none; }
        .headline .lead { font-size: 1.12rem; font-weight: 600; }
        .better::before { content: "\25B2\00A0"; color: var(--good); }
        .worse::before { content: "\25BC\00A0"; color: var(--bad); }
        .warning { border-left: 5px solid var(--bad); background: var(--card); padding: 8px 14px; border-radius: 4px; }
        .scroll { overflow-x: auto; margin: 10px 0 18px; }
        table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: 5px 14px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; max-width: 46ch; overflow-wrap: break-word; }
        th { font-weight: 600; color: var(--quiet); white-space: nowrap; }
        td.num, td.short { white-space: nowrap; }
        td small { color: var(--quiet); margin-left: 4px; }
        td.none { color: var(--quiet); font-style: italic; }
        tr.main td { background: var(--mark); font-weight: 600; }
        tr.main td small { font-weight: 400; }
        td:first-child, th:first-child { padding-left: 8px; }
        figure { margin: 18px 0 26px; }
        figure svg { display: block; max-width: 100%; height: auto; background: #ffffff; border: 1px solid var(--line); border-radius: 4px; }
        .pair { display: flex; flex-wrap: wrap; gap: 0 24px; }
        .pair figure { margin-bottom: 10px; max-width: 100%; }
        .pair figcaption { max-width: 480px; }
        details { margin: 10px 0 18px; }
        summary { cursor: pointer; color: var(--main); }
        code { font-family: ui-monospace, "DejaVu Sans Mono", Consolas, monospace; font-size: .88em; overflow-wrap: anywhere; }
        @media print { main { max-width: none; } h2, figure { break-inside: avoid; } }
        """;
}
