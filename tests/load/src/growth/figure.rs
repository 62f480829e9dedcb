//! What is drawn: lines over a quantity that grows.

use super::sweeps::{Measured, Point, Sweep, What};

pub(super) struct Figure {
    pub(super) title: &'static str,
    /// What the horizontal axis shows.
    pub(super) x: &'static str,
    pub(super) lines: Vec<Line>,
    /// Whether the values are relative to bare hyper, which is one.
    pub(super) is_ratio: bool,
}

pub(super) struct Line {
    pub(super) name: &'static str,
    pub(super) points: Vec<(f64, f64)>,
}

/// The figures of a sweep.
pub(super) fn figures(sweep: &Sweep) -> Vec<Figure> {
    let figure = |title, is_ratio, value: fn(&Measured) -> Option<f64>| Figure {
        title,
        x: sweep.what.name(),
        lines: lines(&sweep.points, is_ratio, value),
        is_ratio,
    };
    let mut figures = vec![
        figure("Rate, relative to bare hyper", true, |one| one.rate),
        figure("Peak memory, MB", false, |one| Some(one.memory)),
    ];
    if sweep.what == What::Actions {
        figures.push(figure("First answer after start, ms", false, |one| {
            Some(one.start)
        }));
        figures.push(figure("Size of the program, MB", false, |one| one.program));
    }
    figures
}

/// A line for each server. What is relative to the first server has none for it.
fn lines(points: &[Point], is_ratio: bool, value: fn(&Measured) -> Option<f64>) -> Vec<Line> {
    let servers = points.first().map_or(&[][..], |point| &point.servers);
    let skipped = usize::from(is_ratio);
    let lines = servers.iter().enumerate().skip(skipped);
    lines
        .map(|(index, server)| Line {
            name: server.name,
            points: points
                .iter()
                .filter_map(|point| Some((point.x(), value(&point.servers[index])?)))
                .collect(),
        })
        .filter(|line| !line.points.is_empty())
        .collect()
}

impl Point {
    fn x(&self) -> f64 {
        u32::try_from(self.size).map_or(f64::NAN, f64::from)
    }
}
