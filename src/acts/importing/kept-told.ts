import type { ImportLeftOut, ImportPlace, ImportTold, ImportWarning } from './import-job.ts';

/**
 * A report as it is kept: where something stands in the export and why it did not come, and no words of people, since nothing
 * takes them out of a report when what they wrote is erased.
 */
export function keptTold(told: ImportTold): ImportTold {
  const { first, leftOut, warnings, error } = told;
  return {
    ...told,
    ...(first !== undefined && { first: first.map(({ slug }) => ({ slug })) }),
    leftOut: keptLeftOut(leftOut),
    warnings: { ...warnings, first: warnings.first.map(withoutQuotes) },
    error: error === null ? null : withoutQuotes(error),
  };
}

export function keptLeftOut(leftOut: readonly ImportLeftOut[]): readonly ImportLeftOut[] {
  return leftOut.map((each) => ({ ...each, places: each.places.map((place) => keptPlace(each.what, place)) }));
}

/** A page is told by its address without what was asked there; an image stands in somebody's text. */
function keptPlace(what: ImportLeftOut['what'], { line, column, address }: ImportPlace): ImportPlace {
  if (what === 'images' || address === undefined) return { line, column };
  return { line, column, address: address.replace(/[?#].*/su, '') };
}

function withoutQuotes({ line, message }: ImportWarning): ImportWarning {
  const plain = message
    .replace(/".*"/su, '…')
    .replaceAll(/https?:\/\/\S*/gu, (address) => address.replace(/[?#].*/su, ''));
  return { line, message: plain };
}
