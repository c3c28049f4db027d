/** An owner's listings: drafts, changes, photos, own use. */
import { api, call, upload } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type MyListing = Schemas["MyListing"];
export type MyListings = Schemas["MyListings"];
/** In a list, without its special days. */
export type Listed = Schemas["Listed"];
/** Any subset of a listing, under the names in which it is read. */
export type Changes = Schemas["PatchedListingChangesRequest"];
export type ListingPhoto = Schemas["Photo"];
export type Block = Schemas["Block"];
export type Size = Schemas["Size"];
export type PriceAdvice = Schemas["PriceAdvice"];
export type ExtraChange = Schemas["ExtraChangeRequest"];

const at = (listing: string) => ({ params: { path: { listing } } });

export const listMine = (cursor: string | null, signal: AbortSignal) => call(api.GET("/api/my/listings", { params: { query: cursor ? { cursor } : {} }, signal }));
export const createListing = (body: Changes) => call(api.POST("/api/my/listings", { body }));
export const getMine = (id: string, signal: AbortSignal) => call(api.GET("/api/my/listings/{listing}", { ...at(id), signal }));
/** Arrives even when the page is left meanwhile. */
export const changeListing = (id: string, body: Changes) => call(api.PATCH("/api/my/listings/{listing}", { ...at(id), body, keepalive: true }));
export const duplicateListing = (id: string) => call(api.POST("/api/my/listings/{listing}/duplicate", at(id)));
export const listSizes = (category: Exclude<MyListing["category"], "">, signal: AbortSignal) => call(api.GET("/api/sizes", { params: { query: { category } }, signal }));
export const priceAdvice = (id: string, signal: AbortSignal) => call(api.GET("/api/my/listings/{listing}/price_advice", { ...at(id), signal }));
export const removeListing = (id: string) => call(api.DELETE("/api/my/listings/{listing}", at(id)));
export const publishListing = (id: string) => call(api.POST("/api/my/listings/{listing}/publish", at(id)));
export const pauseListing = (id: string) => call(api.POST("/api/my/listings/{listing}/pause", at(id)));
export const resumeListing = (id: string) => call(api.POST("/api/my/listings/{listing}/resume", at(id)));

export const reportStolen = (id: string, police_report: string) => call(api.POST("/api/my/listings/{listing}/stolen", { ...at(id), body: { police_report } }));
export const foundAgain = (id: string) => call(api.DELETE("/api/my/listings/{listing}/stolen", at(id)));

export function addPhoto(id: string, file: File, onProgress: (done: number) => void): Promise<ListingPhoto> {
  const form = new FormData();
  form.set("file", file);
  return upload<ListingPhoto>(`/api/my/listings/${id}/photos`, "POST", form, onProgress);
}
export const orderPhotos = (id: string, ids: string[]) => call(api.PUT("/api/my/listings/{listing}/photos/order", { ...at(id), body: { ids } }));
export const removePhoto = (listing: string, photo: string) => call(api.DELETE("/api/my/listings/{listing}/photos/{photo}", { params: { path: { listing, photo } } }));

export const listBlocks = (id: string, signal: AbortSignal) => call(api.GET("/api/my/listings/{listing}/blocks", { ...at(id), signal }));
export const addBlock = (id: string, body: Schemas["OwnBlockChangeRequest"]) => call(api.POST("/api/my/listings/{listing}/blocks", { ...at(id), body }));
export const removeBlock = (listing: string, block: string) => call(api.DELETE("/api/my/listings/{listing}/blocks/{block}", { params: { path: { listing, block } } }));
