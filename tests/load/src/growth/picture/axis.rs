//! Logarithmic axes.

/// An axis from one place to another.
pub(super) struct Axis {
    least: f64,
    most: f64,
    pub(super) from: f64,
    pub(super) to: f64,
    /// The values with a label.
    pub(super) ticks: Vec<(f64, String)>,
}

impl Axis {
    /// The place of a value.
    pub(super) fn place(&self, value: f64) -> f64 {
        let part = (value / self.least).ln() / (self.most / self.least).ln();
        self.from + part * (self.to - self.from)
    }
}

/// An axis with a label at each value.
pub(super) fn x_axis(values: impl Iterator<Item = f64> + Clone, from: f64, to: f64) -> Axis {
    let (least, most) = bounds(values.clone());
    let mut ticks: Vec<f64> = values.collect();
    ticks.sort_by(f64::total_cmp);
    ticks.dedup();
    Axis {
        least,
        // One value alone has no distance to show.
        most: most.max(least * 1.01),
        from,
        to,
        ticks: labelled(ticks),
    }
}

/// An axis that begins and ends at a round number, with few labels.
pub(super) fn y_axis(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Axis {
    /// The number of labels from which on only powers of ten have one.
    const MANY: usize = 7;

    let (least, most) = bounds(values);
    let steps = steps();
    let from_step = steps.iter().rposition(|step| *step <= least * 0.97);
    let to_step = steps.iter().position(|step| *step >= most * 1.03);
    let range = from_step.unwrap_or(0)..=to_step.unwrap_or(steps.len() - 1);
    let shown = &steps[range];
    let (least, most) = (shown[0], shown[shown.len() - 1]);
    let is_power = |step: &f64| (step.log10() - step.log10().round()).abs() < 1e-9;
    let is_crowded = shown.len() > MANY;
    let ticks = shown.iter().copied();
    let ticks = ticks.filter(|step| !is_crowded || is_power(step)).collect();
    Axis {
        least,
        most,
        from,
        to,
        ticks: labelled(ticks),
    }
}

fn bounds(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold(
        (f64::INFINITY, f64::NEG_INFINITY),
        |(least, most), value| (least.min(value), most.max(value)),
    )
}

/// The round numbers: 1, 2 and 5 of each power of ten.
fn steps() -> Vec<f64> {
    (-6..9)
        .flat_map(|power| [1.0, 2.0, 5.0].map(|digit| digit * 10_f64.powi(power)))
        .collect()
}

fn labelled(ticks: Vec<f64>) -> Vec<(f64, String)> {
    let label = |value: f64| {
        let (short, unit) = match value {
            value if value >= 1e6 => (value / 1e6, "M"),
            value if value >= 1e3 => (value / 1e3, "k"),
            value => (value, ""),
        };
        let text = format!("{short:.4}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        format!("{text}{unit}")
    };
    ticks
        .into_iter()
        .map(|value| (value, label(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_round_numbers() {
        let axis = y_axis([0.06, 1.0].into_iter(), 100.0, 0.0);
        let labels: Vec<_> = axis.ticks.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(labels, ["0.05", "0.1", "0.2", "0.5", "1", "2"]);
        assert!((axis.place(0.05) - 100.0).abs() < 1e-9 && axis.place(2.0).abs() < 1e-9);
        let axis = x_axis([1000.0, 10_000.0, 1e7].into_iter(), 0.0, 100.0);
        let labels: Vec<_> = axis.ticks.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(labels, ["1k", "10k", "10M"]);
    }
}
