//! The growth as a drawing: four panels, points for what was measured, a line for the arithmetic.

use std::fmt::Write;

use crate::growth::Panel;

/// Of a panel and of what is inside its axes, in pixels.
const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 250.0;
const LEFT: f64 = 52.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 34.0;

/// Middle tones, which show on white and on black.
const STYLE: &str = "text{font:12px sans-serif;fill:#7a7f87}.title{font-weight:bold}\
    .axis{stroke:#7a7f87;fill:none}.line{stroke:#7a7f87;fill:none;stroke-dasharray:5 4}\
    .span{stroke:#2f81f7;stroke-width:1.5}.point{fill:#2f81f7}";

pub fn svg(panels: &[Panel]) -> String {
    let n_rows = panels.len().div_ceil(2) as f64;
    let (width, height) = (2.0 * WIDTH, n_rows * HEIGHT + 26.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\" aria-label=\"Seconds an epoch as the work grows\">\n<style>{STYLE}</style>\n"
    );
    for (i, panel) in panels.iter().enumerate() {
        let at = (WIDTH * (i % 2) as f64, HEIGHT * (i / 2) as f64);
        let _ = writeln!(svg, "<g transform=\"translate({} {})\">\n{}</g>", at.0, at.1, draw(panel));
    }
    let middle = height - 10.0;
    let _ = writeln!(
        svg,
        "<circle class=\"point\" cx=\"160\" cy=\"{0}\" r=\"4\"/><text x=\"172\" y=\"{1}\">seconds an epoch \
         (median; bar: minimum to maximum)</text><path class=\"line\" d=\"M500 {0}h30\"/><text x=\"538\" y=\"{1}\">the \
         arithmetic</text>",
        middle - 4.0,
        middle
    );
    svg + "</svg>\n"
}

fn draw(panel: &Panel) -> String {
    let highest = |ys: &mut dyn Iterator<Item = f64>| ys.fold(0.0, f64::max);
    let x_max = highest(&mut panel.points.iter().map(|point| point.x));
    let x_min = panel.points.iter().map(|point| point.x).fold(x_max, f64::min);
    let y_step = tick(highest(
        &mut panel.points.iter().map(|point| point.seconds.max).chain(panel.line.iter().map(|&(_, y)| y)),
    ));
    let y_max = y_step * 4.0;
    let along = |x: f64| match panel.is_logarithmic {
        // The axis begins one doubling before the first point.
        true => (2.0 * x / x_min).log2() / (2.0 * x_max / x_min).log2(),
        false => x / x_max,
    };
    let at_x = |x: f64| LEFT + along(x) * (WIDTH - LEFT - RIGHT);
    let at_y = |y: f64| HEIGHT - BOTTOM - y / y_max * (HEIGHT - TOP - BOTTOM);

    let mut svg = format!("<text class=\"title\" x=\"{LEFT}\" y=\"18\">{}</text>\n", panel.title);
    let (bottom, right) = (at_y(0.0), at_x(x_max));
    let _ = writeln!(svg, "<path class=\"axis\" d=\"M{LEFT} {TOP}V{bottom:.1}H{right:.1}\"/>");
    for i in 0..=4 {
        let y = y_step * f64::from(i);
        let (label, at) = (format!("{} s", (y * 1e6).round() / 1e6), at_y(y));
        let _ = writeln!(svg, "<path class=\"axis\" d=\"M{:.1} {at:.1}h4\"/>", LEFT - 4.0);
        let _ = writeln!(svg, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{label}</text>", LEFT - 7.0, at + 4.0);
    }
    let line: Vec<String> = panel.line.iter().map(|&(x, y)| format!("{:.1} {:.1}", at_x(x), at_y(y))).collect();
    let _ = writeln!(svg, "<path class=\"line\" d=\"M{}\"/>", line.join("L"));
    let mut labelled_to = f64::NEG_INFINITY;
    for point in &panel.points {
        let (x, y) = (at_x(point.x), at_y(point.seconds.median));
        let span = (at_y(point.seconds.min), at_y(point.seconds.max));
        let _ = writeln!(svg, "<path class=\"span\" d=\"M{x:.1} {:.1}V{:.1}\"/>", span.0, span.1);
        let _ = writeln!(svg, "<circle class=\"point\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>");
        // Points that double stand close together at the start: only labels with room are written.
        if x - labelled_to > 24.0 {
            labelled_to = x;
            let _ = writeln!(
                svg,
                "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                bottom + 18.0,
                point.x
            );
        }
    }
    svg
}

/// A round number, four of which reach at least `highest`.
fn tick(highest: f64) -> f64 {
    let least = (highest / 4.0).max(1e-6);
    let power = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0].map(|factor| factor * power).into_iter().find(|tick| *tick >= least).unwrap_or(least)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::growth::Point;
    use crate::statistics::Summary;

    #[test]
    fn four_ticks_reach_the_highest_value() {
        for (highest, expected) in [(0.5, 0.2), (0.4, 0.1), (9.9, 2.5), (21.0, 10.0)] {
            assert!((tick(highest) - expected).abs() < 1e-12, "{highest}: {}", tick(highest));
        }
    }

    #[test]
    fn every_panel_has_its_title_its_points_and_its_line() {
        let point = |x: f64| Point { x, seconds: Summary::of(&[x / 100.0]).unwrap(), work: x };
        let panel = Panel {
            title: "Images",
            is_logarithmic: true,
            points: vec![point(10.0), point(20.0)],
            line: vec![(10.0, 0.1), (20.0, 0.2)],
        };
        let svg = svg(&[panel]);
        assert!(svg.contains(">Images</text>"));
        // One of them explains the points.
        assert_eq!(svg.matches("<circle").count(), 2 + 1);
        assert!(svg.contains("class=\"line\" d=\"M"));
        assert!(svg.trim_end().ends_with("</svg>"));
    }
}
