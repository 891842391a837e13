import { terminalBar } from '../../src/host/terminal-bar.ts'

const erase = '\r\u001B[2K'

function barOn(isTTY: boolean, columns = 60) {
  const written: string[] = []
  const write = ((text: string) => written.push(text) > 0) as NodeJS.WriteStream['write']
  return { ...terminalBar({ isTTY, columns, write }), written }
}

test('is drawn anew in its place', () => {
  const { draw, written } = barOn(true)
  draw(25, 'Installer: 250 MB')
  draw(50, 'Installer: 500 MB')
  expect(written).toEqual([
    `${erase}######.................. 25 %  Installer: 250 MB`,
    `${erase}############............ 50 %  Installer: 500 MB`,
  ])
})

test('is never longer than its line', () => {
  const { draw, written } = barOn(true, 40)
  draw(50, 'Installer: 500 MB of 1000 MB')
  expect(written[0]?.slice(erase.length)).toHaveLength(39)
})

test('is gone before anything else is written, and at the end', () => {
  const { draw, erase: gone, written } = barOn(true)
  gone()
  draw(1, 'a')
  gone()
  gone()
  draw(2, 'b')
  draw(100, 'Done')
  expect(written.filter(text => text === erase)).toHaveLength(2)
  expect(written.at(-1)).toBe(erase)
})

test('is nothing at all where nobody looks', () => {
  const { draw, erase: gone, written } = barOn(false)
  draw(50, 'x')
  gone()
  expect(written).toEqual([])
})
