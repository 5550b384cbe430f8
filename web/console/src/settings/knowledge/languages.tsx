import { languageName } from '../../names.ts';

const offered = ['en', 'el', 'tr', 'de', 'es', 'ar', 'fr', 'it'];

/** The languages that answers are written in, and the one that something is in already. */
export function LanguageOptions({ also }: { also?: string }) {
  return (also && !offered.includes(also) ? [also, ...offered] : offered).map((language) => (
    <option key={language} value={language}>
      {languageName(language)}
    </option>
  ));
}
