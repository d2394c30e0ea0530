// The parts of the engine by themselves, where they must agree with src/search/.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { search } from './index.mjs';

const read = (text) => search.tokens(text).map((token) => (token ? `${token.text} ` : '|')).join('');
const marked = (stretches) => stretches.map((stretch) => (stretch.marked ? `[${stretch.text}]` : stretch.text)).join('');
const excerpt = (text, query, isLong) => marked(search.excerpt(text, search.parse(query), isLong));

// The cases of src/search/fold.rs, but for the gap at the end.
test('texts are folded as the index folds them', function () {
  for (const [text, tokens] of [
    ['修建G108国道', '修 建 g108 国 道 '],
    ['Kunpeng Town', 'kunpeng |town '],
    ['', ''],
    ['ＡＢ１２亿元　Ⅱ期', 'ab12 亿 元 ⅱ 期 '],
    ['道路，桥梁。', '道 路 |桥 梁 '],
    ['新建 2 座桥', '新 建 2 座 桥 '],
    ['张 三', '张 |三 '],
    ['甲\n2，，乙', '甲 |2 |乙 '],
  ]) assert.equal(read(text), tokens);
});

// The cases of src/search/posting.rs.
test('lists are read as the index writes them', function () {
  assert.deepEqual([...search.decode('B5g')], [[5, { titles: 0, hits: 1 }]]);
  assert.deepEqual([...search.decode('DiI')].map(([document, own]) => [document, own.titles]), [[0, 1], [1, 1], [2, 1]]);
});

test('words are marked where they stand', function () {
  assert.equal(excerpt('鹭鸣水库扩建', '水库', false), '鹭鸣[水库]扩建');
  assert.equal(excerpt('新建 2 座桥', '新建2座', false), '[新建 2 座]桥');
  assert.equal(excerpt('ＢＩＭ技术', 'bim', false), '[ＢＩＭ]技术');
  assert.equal(excerpt('wind farm, windmill', 'wind', false), '[wind] farm, [wind]mill');
  assert.equal(excerpt('水库水库', '水库 库水', false), '[水库水库]');
  assert.equal(excerpt('没有', '水库', false), '没有');
  assert.equal(excerpt('𠮷abc', 'ab', false), '𠮷[ab]c');
  assert.equal(excerpt('cab', 'ab', false), 'cab');
});

test('a long text is shown where most of the words are', function () {
  const text = `${'甲'.repeat(200)}水库${'乙'.repeat(200)}。水库的灌溉渠${'丙'.repeat(200)}`;
  const shown = excerpt(text, '水库 灌溉', true);
  assert.match(shown, /^…\[水库\]的\[灌溉\]渠丙+…$/);
});

test('fields and paragraphs are told apart, and no word is cut', function () {
  assert.equal(excerpt('新建水库。\n南山镇\n水利', '水库', true), '新建[水库]。南山镇 · 水利');
  const shown = excerpt(`A bridge was built.\nThe river ${'is wide and '.repeat(30)}`, 'bridge', true);
  assert.match(shown, /^A \[bridge\] was built. The river (is|wide|and| )+…$/);
});
