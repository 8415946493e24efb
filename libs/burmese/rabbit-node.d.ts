declare module 'rabbit-node' {
  export function zg2uni(zawgyi: string): string;
  export function uni2zg(unicode: string): string;
}
