import { launch } from "./chromium.js";
const b = await launch(); const p = await b.newPage(); p.on("console", m=>console.log("C",m.text().slice(0,300))); p.on("pageerror",e=>console.log("E",e.message, e.stack));
await p.goto("file:///tmp/q/fold/lab/one/index.html"); await p.waitForTimeout(800); await p.locator(".search-open").click(); await p.waitForTimeout(800); console.log(await p.evaluate(()=>document.querySelector("dialog.search")?.outerHTML.slice(0,500)), await p.evaluate(()=>[...document.scripts].map(s=>s.src.slice(-40)))); await b.close();
