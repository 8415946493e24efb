export { hasName, hasTerm } from './has-term.ts';
export { highlighted } from './highlight.ts';
export { listedNames, listedWords, wordsToLookUp } from './index-words.ts';
export { indexedName, indexedText, TOKENIZER } from './indexed.ts';
export { indexedWords, keptWords, longWords } from './kept.ts';
export { beginsAs, type Conditions, matchOf, nameMatch, type Vocabulary } from './match-of.ts';
export { endsTooShort, MOST_SEARCH_TERMS, parseSearch, type Search, type Term } from './parse-search.ts';
export { type RankedText, ranking } from './rank.ts';
export { wordsInText } from './words-in-text.ts';
