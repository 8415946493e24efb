/** The characters of a User-Agent header that are looked at. */
const LOOKED_AT = 512;

/** The first one that is found counts: browsers name those that they are made from, or want to pass for, as well. */
const BROWSERS = [
  ['Edge', /\bEdgA?(?:iOS)?\/(\d{1,4})/],
  ['Opera', /\bOPR\/(\d{1,4})/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d{1,4})/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d{1,4})/],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\/(\d{1,4})/],
  ['Safari', /Version\/(\d{1,4})[\d.]* (?:Mobile\/\w* )?Safari\//],
] as const;

const SYSTEMS = [
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
] as const;

/** A program's own name, such as `curl/8.5`. */
const PROGRAM = /^([A-Za-z][\w.-]{0,39})\/(\d{1,4})/;

/** Browser and system in few words, as in `Firefox 145, Linux`, for its owner to know it again; empty for neither. */
export function deviceOf(userAgent: string | undefined): string {
  const text = (userAgent ?? '').slice(0, LOOKED_AT);
  const system = SYSTEMS.find(([, pattern]) => pattern.test(text))?.[0];
  return [browserIn(text), system].filter((part) => part !== undefined).join(', ');
}

function browserIn(text: string): string | undefined {
  for (const [name, pattern] of BROWSERS) {
    const version = pattern.exec(text)?.[1];
    if (version !== undefined) return `${name} ${version}`;
  }
  const [, program, version] = PROGRAM.exec(text) ?? [];
  return program === undefined || program === 'Mozilla' ? undefined : `${program} ${version}`;
}
