"""The people of the story, each with a browser of their own and words for what they do."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import photographs
from tests.browser.eye import Eye
from tests.browser.filling import Facts, Form, heading
from tests.browser.house import House, soon
from tests.sandbox_box import PEOPLE

PHONE = {"width": 360, "height": 740}
CODE = re.compile(r"\b[A-Z]\d{2}(?:\.\d+)+-\d{6}-\d{4,}\b")
PAPERS = {
    "giay_chung_sinh": lambda: [
        photographs.jpeg("GIẤY CHỨNG SINH", 1),
        photographs.jpeg("GIẤY CHỨNG SINH", 2),
    ],
    "ct01": lambda: [photographs.heic("TỜ KHAI CT01")],
    "cho_o_hop_phap": lambda: [photographs.pdf("GIẤY TỜ CHỖ Ở")],
}


class Citizen:
    """Somebody with a cheap telephone."""

    def __init__(
        self,
        browser: Browser,
        house: House,
        key: str = "mother",
        *,
        journey: str = "",
        scripts: bool = True,
        state: Any = None,
    ) -> None:
        self.house, self.who, self.journey = house, PEOPLE[key], journey
        self.context: BrowserContext = browser.new_context(
            viewport=PHONE,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            java_script_enabled=scripts,
            base_url=house.url,
            storage_state=state,
        )
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.eye = Eye(self.page, journey or "other", pictures=bool(journey))
        self.code = ""
        self.phone: str = self.who["phone"]

    def close(self) -> None:
        self.context.close()

    # ── finding and signing in ──────────────────────────────────────────────────────────────────

    def goes_to(self, path: str, name: str = "") -> None:
        self.page.goto(path)
        if name:
            self.look(name)

    def look(self, name: str) -> None:
        self.eye.look(name)

    def presses(self, words: str) -> None:
        """Press a button or follow a link with these words."""
        named = self.page.get_by_role("button", name=words).or_(
            self.page.get_by_role("link", name=words)
        )
        named.first.click()
        self.page.wait_for_load_state()

    def searches(self, words: str) -> None:
        self.page.get_by_role("searchbox").first.fill(words)
        self.page.get_by_role("button", name="Tìm").first.click()
        self.page.wait_for_load_state()

    def signs_in_by_vneid(self) -> None:
        """On the page that offers the ways of signing in: go to VNeID and come back."""
        page, seen = self.page, len(self.house.messages(self.phone, "sms"))
        self.presses("Đăng nhập bằng VNeID")
        page.locator("[name=so_dinh_danh]").fill(self.who["personal_number"])
        page.locator("[name=mat_khau]").fill(self.who["password"])
        page.locator("[name=mat_khau]").press("Enter")
        page.locator("[name=otp]").fill(self.house.code_after(self.phone, seen))
        page.locator("[name=otp]").press("Enter")
        if page.locator("[name=passcode]").count():
            page.locator("[name=passcode]").fill(self.who["passcode"])
            page.locator("[name=passcode]").press("Enter")
        page.locator("[name=decision][value=agree]").click()
        page.wait_for_url(f"{self.house.url}/**")
        if "/da-nhan/" in page.url:
            self.look("vneid-shared")
            self.presses("Tiếp tục")

    # ── declaring ───────────────────────────────────────────────────────────────────────────────

    def begins(self, slug: str, facts: Facts) -> None:
        """Open a service and answer what is asked before the form."""
        self.page.goto(f"/nop/{slug}/")
        if "/dang-nhap/" in self.page.url:
            self.signs_in_by_vneid()
        self.answers(facts, "start")
        expect(self.page).to_have_url(re.compile("/khai/"))
        self.look("overview")

    def answers(self, facts: Facts, name: str = "") -> None:
        """Answer the questions of the page and go on."""
        form = Form(self.page)
        form.answer(facts)
        if name:
            self.look(name)
        form.go_on()

    def declares(self, facts: Facts) -> None:
        """Go through every section of the form, as far as the papers or the ways of receiving."""
        self.presses("Khai tiếp")
        while found := re.search(r"/trang/([\w-]+)/", self.page.url):
            here = self.page.url
            self.answers(facts, f"form-{found[1]}")
            wrong = self.page.locator(".error-summary, .field-error").all_inner_texts()
            assert self.page.url != here, (found[1], wrong)

    def brings_papers(self, papers: Mapping[str, Callable[[], list[Any]]] = PAPERS) -> None:
        """Photograph every paper that this case calls for."""
        if "/giay-to/" not in self.page.url:
            return
        self.look("papers")
        wanted = [
            link
            for link in self.page.eval_on_selector_all(".tasks a", "all => all.map(a => a.href)")
            if link.rstrip("/").split("/")[-1] in papers
        ]
        for link in wanted:
            key = link.rstrip("/").split("/")[-1]
            self.page.goto(link)
            self.chooses_files(key, papers[key]())
            self.look(f"paper-{key}")
            self.presses("Xong")
        self.look("papers-done")
        self.presses("Tiếp tục")

    def chooses_files(self, paper: str, files: list[Any]) -> None:
        """Choose files on the page of a paper; with scripts they are sent at once."""
        before = self.page.locator(".pages .page").count()
        for file in files:
            self.page.locator(f'[id="{paper}__library"]').set_input_files(file)
            if not Form(self.page).scripts:
                self.page.get_by_role("button", name="Gửi tệp đã chọn").click()
            before += 1
            expect(self.page.locator(".pages .page")).not_to_have_count(before - 1)

    def chooses_ways(self, facts: Facts | None = None) -> None:
        """Say how each result is to come; unless told otherwise, as the page proposes."""
        self.answers(facts or {}, "ways")
        expect(self.page).to_have_url(re.compile("/kiem-tra/"))

    def pledges(self) -> None:
        """Confirm what looks unusual, pledge, and ask for the code."""
        for box in self.page.locator("main form input[type=checkbox]").all():
            Form(self.page)._press(box)
        self._codes = len(self.house.messages(self.phone, "sms"))
        self.page.locator("main form[method=post] button.button-primary").last.click()
        expect(self.page).to_have_url(re.compile("/xac-nhan/"))

    def types_the_code(self) -> None:
        """Type the code from the telephone; the receipt follows."""
        self.page.locator("[name=code]").fill(self.house.code_after(self.phone, self._codes))
        self.page.locator("main form button.button-primary").first.click()
        self.page.wait_for_load_state()
        self.reads_the_code_of_the_dossier()

    def reads_the_code_of_the_dossier(self) -> str:
        found = CODE.search(self.page.locator("main").inner_text())
        assert found, heading(self.page)
        self.code = found[0]
        return self.code

    def files(self, slug: str, before: Facts, facts: Facts, ways: Facts | None = None) -> str:
        """Do the whole filing; return the dossier's code."""
        self.begins(slug, before)
        self.declares(facts)
        self.brings_papers()
        self.chooses_ways(ways)
        self.look("check")
        self.pledges()
        self.look("confirm")
        self.types_the_code()
        self.look("receipt")
        return self.code

    # ── following ───────────────────────────────────────────────────────────────────────────────

    def sees(self, words: str, *, within: float = 20) -> None:
        """Look at the page again until it says this."""

        def look() -> bool:
            if words in self.page.locator("main").inner_text():
                return True
            self.page.reload()
            return False

        soon(look, within=within, what=f"{self.page.url} saying {words!r}")
