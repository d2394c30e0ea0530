//! The files of the search index: how many there are must be known before the index is made.

use super::{Output, Page, Route, SearchFile};
use crate::model::Model;
use crate::value::Locale;

/// How many documents there are to a shard. Shards come to about 16 kB.
const DOCUMENTS_PER_SHARD: usize = 16;

/// How many documents' texts are in a block: a result loads the block of its document.
pub const DOCUMENTS_PER_BLOCK: usize = 3;

/// The pages that can be found. Lists of what is on other pages are not among them.
pub fn searchable(model: &Model) -> Vec<Page> {
    let mut pages = vec![Page::Method];
    pages.extend((0..model.projects.len()).map(Page::Project));
    let news = model.news.iter().enumerate().filter(|(_, news)| !news.expired);
    pages.extend(news.map(|(index, _)| Page::News(index)));
    pages.extend((0..model.bulletins.len()).map(Page::Bulletin));
    let towns =
        |bulletin| (0..model.towns.len()).map(move |town| Page::TownBulletin(bulletin, town));
    pages.extend((0..model.bulletins.len()).flat_map(towns));
    pages.extend((0..model.towns.len()).map(Page::Town));
    pages.extend((0..model.site.categories.len()).map(Page::Category));
    pages.extend((0..model.site.chains.len()).map(Page::Chain));
    pages.extend((0..model.site.batches.len()).map(Page::Batch));
    pages.extend((0..model.pages.len()).map(Page::Standing));
    pages
}

/// How many shards an index of so many documents has.
pub fn search_shards(documents: usize) -> usize {
    documents.div_ceil(DOCUMENTS_PER_SHARD).max(1)
}

/// The files of the index of a locale.
pub(super) fn files(model: &Model, locale: &Locale) -> Vec<(Route, Output)> {
    let documents = searchable(model).len();
    let shards = (0..search_shards(documents)).map(SearchFile::Shard);
    let blocks = (0..documents.div_ceil(DOCUMENTS_PER_BLOCK)).map(SearchFile::Texts);
    let files = [SearchFile::Manifest].into_iter().chain(shards).chain(blocks);
    let folder = Route::page(model, Page::Search, locale);
    files
        .map(|file| {
            let route = Route::new(format!("{}{}", folder.as_str(), name(file)));
            (route, Output::Search(file, locale.clone()))
        })
        .collect()
}

fn name(file: SearchFile) -> String {
    match file {
        SearchFile::Manifest => "manifest.js".into(),
        SearchFile::Shard(number) => format!("shards/{number}.js"),
        SearchFile::Texts(number) => format!("texts/{number}.js"),
    }
}
