//! How long each stage takes: a record, a text, a chart, a page, and a whole site in memory.

use std::sync::LazyLock;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use gongbao::build::{self, Input, Site};
use gongbao::chart::{Caption, Chart, Curve, Figure, Moment, Series};
use gongbao::markdown;
use gongbao::model::Edition;
use gongbao::plan::Route;
use gongbao::record;
use gongbao::source::{SourceFile, SourceTree};
use jiff::civil::date;

fn main() {
    divan::main();
}

const SITE: &str = "\
title: 示例县重点项目公报
area: 示例县
base_url: https://example.org/xmjs/
locales: [zh-CN]
categories: [{id: industry, name: 工业}, {id: transport, name: 交通}]
groups: [{id: town, name: 镇}]
";

const TEXT: &str = "\
## 建设内容

截至4月底,项目完成**85%**以上,**主体封顶**。**注意:**请各施工单位做好防汛。

| 标段 | 进度 |
|---|---|
| 一标段 | 主体施工 |
| 二标段 | 路基工程 |

项目建成后可改善[沿线](/projects/p0001/)3.2万人的出行条件,建设单位表示,将按*计划*推进,
力争早日通车。全县开工率为[[start.all]]。
";

const ISSUE: &str = "\
---
kind: weekly
number: 17
as_of: 2023-04-30
published: 2023-05-05
---
截至4月底,年度投资完成率[[invest.annual]]。
";

fn project(number: usize) -> String {
    let body = TEXT.replace('\n', "\n  ");
    format!(
        "\
name: 示例项目第{number}号工程
category: {category}
type: new
town: t{town}
summary: 桩基施工,按计划推进。
total_investment: 81502万元
plan: {{2023: 61161万元}}
planned_start: 2023-02
started: 2023-02-15
reports:
  - {{period: 2023-02, cumulative: {first}万元}}
  - {{period: 2023-03, cumulative: 14067万元, total: 18806万元}}
  - {{period: 2023-04, cumulative: 16283万元, physical: 31%}}
description: |
  {body}
",
        category = ["industry", "transport"][number % 2],
        town = number % TOWNS,
        first = 4000 + number,
    )
}

const TOWNS: usize = 10;

/// A site of so many projects and news items, ten towns, an issue.
fn input(size: usize) -> Input {
    let towns: String = (0..TOWNS)
        .map(|town| format!("- {{id: t{town}, name: 第{town}镇, group: town}}\n"))
        .collect();
    let mut files = vec![
        SourceFile::new("content/site.yaml", SITE.as_bytes()),
        SourceFile::new("content/towns.yaml", towns.into_bytes()),
        SourceFile::new("content/bulletins/2023-17.md", ISSUE.as_bytes()),
    ];
    for number in 0..size {
        let news = format!(
            "---\ntitle: 第{number}号工程开工\ndate: 2023-04-{day:02}\ntowns: [t{town}]\nprojects: [p{number:04}]\n---\n{TEXT}",
            day = number % 28 + 1,
            town = number % TOWNS,
        );
        let path = format!("content/projects/p{number:04}.yaml");
        files.push(SourceFile::new(path, project(number).into_bytes()));
        files.push(SourceFile::new(format!("content/news/n{number:04}.md"), news.into_bytes()));
    }
    let edition = Edition { date: date(2023, 5, 5), as_of: None, drafts: false, base_url: None };
    Input { tree: SourceTree::from_iter(files), edition }
}

static SMALL: LazyLock<Site> = LazyLock::new(|| {
    let assembled = build::assemble(input(200));
    assert!(!assembled.problems.has_errors(), "{:?}", assembled.problems);
    assembled.value
});

#[divan::bench]
fn record(bencher: Bencher<'_, '_>) {
    let file = SourceFile::new("content/projects/p0007.yaml", project(7).into_bytes());
    let conventions = record::conventions(&SourceTree::default());
    bencher
        .counter(BytesCount::new(file.bytes.len()))
        .bench(|| record::parse(black_box(&file), &conventions));
}

#[divan::bench]
fn markdown(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::new(TEXT.len())).bench(|| markdown::parse(black_box(TEXT)));
}

#[divan::bench]
fn chart(bencher: Bencher<'_, '_>) {
    let series = |name: &str, step: i64| Series {
        name: name.to_owned(),
        points: std::array::from_fn(|month| {
            let value = step * (month as i64 + 1);
            let label = format!("{}.{}%", value / 100, value % 100 / 10);
            (month != 3).then_some(Figure { value, label })
        }),
    };
    let curve = Chart::Curve(Box::new(Curve {
        caption: Caption {
            title: "年度投资完成曲线".into(), desc: "截至4月底完成53.6%。".into()
        },
        month_head: "月份".into(),
        months: std::array::from_fn(|month| format!("{}月", month + 1)),
        actual: series("实际", 790),
        target: Some(series("序时", 833)),
        last_year: Some(series("上年", 610)),
        as_of: Some(Moment { at: 400, label: "4月30日".into() }),
    }));
    bencher.bench(|| black_box(&curve).svg("c"));
}

/// A page from the facts to its bytes.
#[divan::bench(args = ["", "projects/p0007/", "towns/t7/", "bulletins/2023-17/", "news/n0007/"])]
fn page(bencher: Bencher<'_, '_>, route: &str) {
    let site = &*SMALL;
    let route = Route::new(route);
    let output = &site.plan.outputs[&route];
    let page = build::render(site, &route, output);
    let bytes = page.unwrap_or_else(|problem| panic!("{problem:?}")).len();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| build::render(black_box(site), &route, output));
}

/// Everything before the pages: reading, checking, computing, planning.
#[divan::bench(args = [50, 500], sample_count = 20)]
fn assemble(bencher: Bencher<'_, '_>, size: usize) {
    let input = || input(size);
    bencher.counter(ItemsCount::new(size)).with_inputs(input).bench_values(build::assemble);
}

/// Every file of a site, one after the other; the counter says files a second.
#[divan::bench(sample_count = 10)]
fn all_files(bencher: Bencher<'_, '_>) {
    let site = &*SMALL;
    bencher.counter(ItemsCount::new(site.plan.outputs.len())).bench(|| {
        let outputs = site.plan.outputs.iter();
        outputs
            .map(|(route, output)| {
                build::render(site, route, output).map_or(0, |bytes| bytes.len())
            })
            .sum::<usize>()
    });
}
