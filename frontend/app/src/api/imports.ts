/** Listings brought in from a file. */
import { api, call, upload } from "./client";
import type { components } from "./schema";

export type Import = components["schemas"]["ImportReport"];

const at = (id: string) => ({ params: { path: { import_of: id } } });

export const sendImport = (form: FormData, onProgress: (done: number) => void) => upload<Import>("/api/my/imports", "POST", form, onProgress);
export const getImport = (id: string) => call(api.GET("/api/my/imports/{import_of}", at(id)));
export const confirmImport = (id: string) => call(api.POST("/api/my/imports/{import_of}/confirm", at(id)));
export const cancelImport = (id: string) => call(api.DELETE("/api/my/imports/{import_of}", at(id)));
export const lastImport = async (signal: AbortSignal) => (await call(api.GET("/api/my/imports", { signal }))).results[0] ?? null;
