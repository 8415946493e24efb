export { languagesAround, lettersOf, toldByLetters, toldLanguage } from './told-language.ts';
