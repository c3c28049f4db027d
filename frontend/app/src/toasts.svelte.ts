/** Short words at the foot of the page: something was done, or something failed that has no place of its own. */
export interface Toast { id: number; text: string; kind: "good" | "bad"; undo?: () => unknown }

let next = 1;
let shown = $state.raw<Toast[]>([]);

export const toasts = {
  get all(): Toast[] {
    return shown;
  },
  dismiss(id: number): void {
    shown = shown.filter((toast) => toast.id !== id);
  },
};

export function toast(text: string, kind: Toast["kind"] = "good", undo?: () => unknown): void {
  const id = next++;
  shown = [...shown.slice(-2), { id, text, kind, ...(undo && { undo }) }];
  window.setTimeout(() => toasts.dismiss(id), 6000);
}
