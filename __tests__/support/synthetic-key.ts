/** The last part of `syntheticKey`, which is the key proper. */
export const syntheticSecret = 'c3ludGhldGljK2tleS9vZi10aGUtdGVzdHMrMTIzNDU2='

/** An authentication key that has the form of a real one and opens nothing. */
export const syntheticKey = `IR@0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0@factory-1@ServiceEndpoint=factory-1.westeurope.datafactory.azure.net@${syntheticSecret}`
