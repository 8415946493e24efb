declare module 'myanmar-tools' {
  export class ZawgyiDetector {
    /** Minus infinity for a text without letters that tell. */
    getZawgyiProbability(text: string): number;
  }
}
