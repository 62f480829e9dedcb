//! Draws the figures as one SVG file, by hand: the colours follow the reader's light or dark scheme, which libraries for
//! plots have no way to say.

mod axis;

use std::fmt::Write as _;

use self::axis::{Axis, x_axis, y_axis};
use super::figure::{Figure, Line};
use super::markdown::rounded;

const WIDTH: f64 = 900.0;
const COLUMNS: usize = 2;
const PANEL_WIDTH: f64 = 450.0;
const PANEL_HEIGHT: f64 = 236.0;
/// The height of the legend above the panels.
const TOP: f64 = 58.0;

/// The space around the axes of a panel.
const LEFT: f64 = 62.0;
const RIGHT: f64 = 50.0;
const ABOVE: f64 = 32.0;
const BELOW: f64 = 48.0;

const FLOOR: &str = "bare hyper";

/// The servers, with the class of their colour and the shape of their points: a colour alone does not reach everyone.
const SERVERS: [(&str, &str, Shape); 4] = [
    ("Contexture", "ours", Shape::Circle),
    (FLOOR, "floor", Shape::Diamond),
    ("axum by hand", "axum", Shape::Square),
    ("the official SDK", "official", Shape::Triangle),
];

#[derive(Clone, Copy)]
enum Shape {
    Circle,
    Diamond,
    Square,
    Triangle,
}

const STYLE: &str = "
  :root { color-scheme: light dark; }
  svg { --paper: #ffffff; --ink: #1f2328; --soft: #59636e; --grid: #d8dee4;
        --ours: #0b63c5; --floor: #6e7781; --axum: #b35900; --official: #1a7f37; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --ink: #e6edf3; --soft: #9198a1; --grid: #30363d;
          --ours: #58a6ff; --floor: #9aa4af; --axum: #f0883e; --official: #56d364; }
  }
  .paper { fill: var(--paper); }
  text { font: 12px system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', sans-serif; fill: var(--soft); }
  .title { font-size: 13.5px; font-weight: 600; fill: var(--ink); }
  .name { font-size: 13px; fill: var(--ink); }
  .grid { stroke: var(--grid); stroke-width: 1; }
  .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
  .ours { stroke: var(--ours); } .ours.point, .ours.value { fill: var(--ours); }
  .floor { stroke: var(--floor); } .floor.point, .floor.value { fill: var(--floor); }
  .axum { stroke: var(--axum); } .axum.point, .axum.value { fill: var(--axum); }
  .official { stroke: var(--official); } .official.point, .official.value { fill: var(--official); }
  .ours.line { stroke-width: 3; }
  .one { stroke-dasharray: 5 4; stroke-width: 1.5; }
  text.value { stroke: none; font-size: 11.5px; font-weight: 600; }
  .point { stroke: var(--paper); stroke-width: 1.2; }
";

/// Draws all figures.
pub(super) fn draw(figures: &[Figure]) -> String {
    let rows = figures.len().div_ceil(COLUMNS);
    let height = TOP + PANEL_HEIGHT * number(rows);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-label=\"How rate and memory grow\">\n<style>{STYLE}</style>\n\
         <rect class=\"paper\" width=\"{WIDTH}\" height=\"{height}\"/>\n"
    );
    draw_legend(figures, &mut svg);
    for (index, figure) in figures.iter().enumerate() {
        let left = PANEL_WIDTH * number(index % COLUMNS);
        let top = TOP + PANEL_HEIGHT * number(index / COLUMNS);
        draw_figure(figure, left, top, &mut svg);
    }
    svg.push_str("</svg>\n");
    svg
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::NAN, f64::from)
}

/// Appends an element.
macro_rules! add {
    ($svg:expr, $($text:tt)*) => {
        writeln!($svg, $($text)*).expect("writing to a string does not fail")
    };
}

/// Names the servers that occur.
fn draw_legend(figures: &[Figure], svg: &mut String) {
    let occurs = |name| {
        let mut lines = figures.iter().flat_map(|figure| &figure.lines);
        lines.any(|line| line.name == name)
    };
    let (mut x, y) = (LEFT, 30.0);
    for (name, class, shape) in SERVERS.into_iter().filter(|(name, ..)| occurs(*name)) {
        add!(
            svg,
            "<path class=\"line {class}\" d=\"M{x} {y}h28\"/>\n{}\n<text class=\"name\" x=\"{}\" y=\"{}\">{name}</text>",
            point(shape, class, x + 14.0, y),
            x + 36.0,
            y + 4.5
        );
        x += 190.0;
    }
}

/// Draws a figure into the panel at this place.
fn draw_figure(figure: &Figure, left: f64, top: f64, svg: &mut String) {
    let (x0, x1) = (left + LEFT, left + PANEL_WIDTH - RIGHT);
    let (y0, y1) = (top + PANEL_HEIGHT - BELOW, top + ABOVE);
    let points = || figure.lines.iter().flat_map(|line| &line.points);
    let floor = figure.is_ratio.then_some(1.0);
    let horizontal = x_axis(points().map(|(x, _)| *x), x0, x1);
    let vertical = y_axis(points().map(|(_, y)| *y).chain(floor), y0, y1);
    let (title, y) = (figure.title, top + 18.0);
    add!(
        svg,
        "<text class=\"title\" x=\"{x0}\" y=\"{y}\">{title}</text>"
    );
    draw_vertical(&vertical, x0, x1, svg);
    draw_horizontal(&horizontal, figure.x, y0, svg);
    if figure.is_ratio {
        let y = vertical.place(1.0);
        add!(
            svg,
            "<path class=\"line floor one\" d=\"M{x0} {y:.1}H{x1}\"/>"
        );
    }
    // Ours lies over the others.
    for (name, class, shape) in SERVERS.into_iter().rev() {
        for line in figure.lines.iter().filter(|line| line.name == name) {
            draw_line(line, class, shape, &horizontal, &vertical, svg);
        }
    }
    draw_values(figure, &horizontal, &vertical, svg);
}

/// Draws the values of the vertical axis, with a line across the figure for each.
fn draw_vertical(axis: &Axis, x0: f64, x1: f64, svg: &mut String) {
    let x = x0 - 8.0;
    for (value, label) in &axis.ticks {
        let y = axis.place(*value);
        add!(svg, "<path class=\"grid\" d=\"M{x0} {y:.1}H{x1}\"/>");
        let y = y + 4.0;
        add!(
            svg,
            "<text x=\"{x}\" y=\"{y:.1}\" text-anchor=\"end\">{label}</text>"
        );
    }
}

/// Draws the horizontal axis, its values and what it shows.
fn draw_horizontal(axis: &Axis, what: &str, y0: f64, svg: &mut String) {
    let (x0, x1) = (axis.from, axis.to);
    add!(svg, "<path class=\"grid\" d=\"M{x0} {y0}H{x1}\"/>");
    let y = y0 + 19.0;
    for (value, label) in &axis.ticks {
        let x = axis.place(*value);
        add!(svg, "<path class=\"grid\" d=\"M{x:.1} {y0}v5\"/>");
        add!(
            svg,
            "<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\">{label}</text>"
        );
    }
    let (x, y) = (f64::midpoint(x0, x1), y0 + 37.0);
    add!(
        svg,
        "<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{what}</text>"
    );
}

/// Writes the last value of each line beside it. Values that would touch each other are moved apart.
fn draw_values(figure: &Figure, horizontal: &Axis, vertical: &Axis, svg: &mut String) {
    const APART: f64 = 12.5;

    let mut values = Vec::new();
    for line in &figure.lines {
        let server = SERVERS.iter().find(|(name, ..)| *name == line.name);
        if let (Some((_, class, _)), Some((x, value))) = (server, line.points.last()) {
            values.push((vertical.place(*value), horizontal.place(*x), *class, *value));
        }
    }
    values.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut above = f64::NEG_INFINITY;
    for (y, x, class, value) in values {
        let y = y.max(above + APART);
        above = y;
        let (x, y, value) = (x + 9.0, y + 4.0, rounded(value));
        add!(
            svg,
            "<text class=\"{class} value\" x=\"{x:.1}\" y=\"{y:.1}\">{value}</text>"
        );
    }
}

fn draw_line(
    line: &Line,
    class: &str,
    shape: Shape,
    horizontal: &Axis,
    vertical: &Axis,
    svg: &mut String,
) {
    let places: Vec<_> = line
        .points
        .iter()
        .map(|(x, y)| (horizontal.place(*x), vertical.place(*y)))
        .collect();
    let path: Vec<_> = places
        .iter()
        .map(|(x, y)| format!("{x:.1} {y:.1}"))
        .collect();
    add!(
        svg,
        "<path class=\"line {class}\" d=\"M{}\"/>",
        path.join("L")
    );
    for (x, y) in places {
        add!(svg, "{}", point(shape, class, x, y));
    }
}

fn point(shape: Shape, class: &str, x: f64, y: f64) -> String {
    let path = match shape {
        Shape::Circle => {
            return format!(
                "<circle class=\"{class} point\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4.5\"/>"
            );
        }
        Shape::Diamond => "m0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z",
        Shape::Square => "m-4 -4h8v8h-8z",
        Shape::Triangle => "m0 -5.5l5.2 9.5h-10.4z",
    };
    format!("<path class=\"{class} point\" d=\"M{x:.1} {y:.1}{path}\"/>")
}
