/**
 * Gives a canvas a size in CSS pixels and as many dots as the screen has there.
 * @returns its context, which counts in CSS pixels; null where the browser has none
 */
export function fitCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  const dots = window.devicePixelRatio;
  const across = Math.max(Math.round(width * dots), 1);
  const down = Math.max(Math.round(height * dots), 1);
  // setting a size empties the canvas even where it is the same
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  canvas.style.width = `${String(width)}px`;
  canvas.style.height = `${String(height)}px`;
  const context = canvas.getContext('2d');
  context?.setTransform(dots, 0, 0, dots, 0, 0);
  return context;
}
