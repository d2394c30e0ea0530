//! What a light rests on, in words.

use super::{Ground, Light};
use crate::diagnostic::Phrase;
use crate::indicator::values;
use crate::record::{Basis, Method};
use crate::value::{Locale, Period, Rate, percent};

impl Light {
    /// What the light rests on: value, target and gap. The rule is [`Light::rule`], the same for all; pages name it once.
    ///
    /// `完成45.0%·序时58.3%·落后13.3个百分点`
    pub fn reason(&self, method: &Method) -> Phrase {
        let mut parts = Parts::default();
        match self.ground {
            Ground::Progress | Ground::Lasting(_) => self.progress(&mut parts, method),
            Ground::NothingReported => {
                parts.add_nothing_reported();
                self.progress(&mut parts, method);
            }
            Ground::NotStarted => {
                parts.add("未开工", "not started");
                self.progress(&mut parts, method);
            }
            Ground::MonthTask => self.month_task(&mut parts, method),
            Ground::LateStart(months) => self.late_start(&mut parts, months),
            Ground::StartDue(0) => {
                self.planned_start(&mut parts);
                parts.add("计划开工当月未结束", "the month of the planned start is not over");
            }
            Ground::StartDue(months) => {
                self.late_start(&mut parts, months);
                parts.add("未到预警月数", "too few for a light");
            }
            other => self.unrated(&mut parts, other, method),
        }
        if let Ground::Lasting(months) = self.ground {
            parts.add(
                format!("连续{months}个月黄灯"),
                format!("yellow for {months} months running"),
            );
        }
        if let Some(day) = self.stale_since {
            let day = Period::day(day);
            parts.add(
                format!("数据截至{}", day.in_chinese()),
                format!("data as of {}", day.in_english()),
            );
        }
        parts.joined()
    }

    fn progress(&self, parts: &mut Parts, method: &Method) {
        let Some(target) = self.target else { return };
        let value = self.value.unwrap_or_default();
        let shown = |rate| percent(rate, method.rate_decimals, method.rounding);
        let (done, due) = (shown(value), shown(target));
        parts.add(format!("完成{done}%"), format!("{done}% done"));
        parts.add(format!("序时{due}%"), format!("target {due}%"));
        let gap = value - target;
        let points = shown(absolute(gap));
        if gap < Rate::default() {
            parts.add(format!("落后{points}个百分点"), format!("{points} points behind"));
        } else {
            parts.add(format!("超前{points}个百分点"), format!("{points} points ahead"));
        }
        self.measured(parts, value, target, method);
    }

    /// What the clauses were compared with, where that is not the gap.
    fn measured(&self, parts: &mut Parts, value: Rate, target: Rate, method: &Method) {
        let shown =
            percent(self.rule.measure(value, target), method.rate_decimals, method.rounding);
        match self.rule.basis {
            Basis::DeviationPp => {}
            Basis::Ratio => parts.add(format!("为序时的{shown}%"), format!("{shown}% of target")),
            Basis::RelativeGap if value < target => {
                parts.add(format!("欠序时的{shown}%"), format!("short by {shown}% of target"));
            }
            Basis::RelativeGap => {}
        }
    }

    fn month_task(&self, parts: &mut Parts, method: &Method) {
        let (Some(value), Some(target)) = (self.value, self.target) else { return };
        let shown = |rate| percent(rate, method.rate_decimals, method.rounding);
        let (done, task, part) = (shown(value), shown(target), shown(value / target));
        parts.add(
            format!("本月完成年度计划的{done}%"),
            format!("{done}% of the annual plan this month"),
        );
        parts.add(format!("月任务{task}%"), format!("month's task {task}%"));
        parts.add(format!("为月任务的{part}%"), format!("{part}% of the task"));
    }

    fn late_start(&self, parts: &mut Parts, months: u8) {
        self.planned_start(parts);
        let ends = if months == 1 { "month-end" } else { "month-ends running" };
        parts.add(format!("连续{months}个月末未开工"), format!("not started at {months} {ends}"));
    }

    fn planned_start(&self, parts: &mut Parts) {
        if let Some(planned) = self.planned_start {
            let month = Period { is_month: true, ..planned };
            parts.add(
                format!("计划{}开工", month.in_chinese()),
                format!("planned to start in {}", month.in_english()),
            );
        }
    }

    fn unrated(&self, parts: &mut Parts, ground: Ground, method: &Method) {
        let (zh, en) = match ground {
            Ground::NotListed => ("不在册", "not on the list"),
            Ground::Withdrawn => ("已调出", "has left the list"),
            Ground::Exempt => ("豁免", "exempt"),
            Ground::Paused => ("暂停建设", "work is suspended"),
            Ground::StartNotDue => ("未到计划开工时间", "not yet due to start"),
            Ground::NoPlan => ("未下达年度计划", "no annual plan"),
            Ground::ZeroPlan => ("年度计划为零", "the annual plan is zero"),
            Ground::NoTarget => ("序时进度为零", "the target is still zero"),
            Ground::NoReportDue => ("尚无应报数据", "no report is due yet"),
            Ground::NotReported => ("本年尚无报送", "nothing has been reported this year"),
            Ground::NoProject => values::NO_PROJECT,
            Ground::NoShare => values::NO_SHARE,
            Ground::MonthUnknown => (
                "当月未报送，当月完成数不明",
                "the month's report is missing, so what it added is unknown",
            ),
            Ground::Finished => ("已竣工，不再预警", "completed, nothing to warn of"),
            _ => ("规则各款均不适用", "no clause of the rule holds"),
        };
        parts.add(zh, en);
        if let Some(note) = &self.note {
            let chinese = Locale::default();
            let english = Locale::parse("en").unwrap_or_default();
            parts.add(note.get(&chinese), note.get(&english));
        }
        if let Some(day) = self.review_overdue {
            let day = Period::day(day);
            let zh = format!("应于{}前复核，已逾期", day.in_chinese());
            parts.add(zh, format!("to be reviewed by {}, overdue", day.in_english()));
        }
        if ground == Ground::Finished {
            if self.value.is_none() && self.stale_since.is_none() {
                parts.add_nothing_reported();
            }
            self.progress(parts, method);
        }
    }
}

/// Parts of a reason in both languages.
#[derive(Default)]
struct Parts {
    zh: Vec<String>,
    en: Vec<String>,
}

impl Parts {
    fn add(&mut self, zh: impl Into<String>, en: impl Into<String>) {
        self.zh.push(zh.into());
        self.en.push(en.into());
    }

    fn add_nothing_reported(&mut self) {
        self.add("本年无报送，按未完成计", "no report this year, counted as nothing done");
    }

    fn joined(self) -> Phrase {
        Phrase::new(self.zh.join("·"), self.en.join(" · "))
    }
}

fn absolute(rate: Rate) -> Rate {
    if rate < Rate::default() { -rate } else { rate }
}
