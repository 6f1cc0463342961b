export const BUILD_REPORT_QUEUE = 'report-build';
export class ReportsService { constructor(_c: unknown) {} async pending(): Promise<{dealId:string;period:number}[]> { return []; } async build(_d: string,_p:number): Promise<void> {} async files(..._a: unknown[]): Promise<any[]> { return []; } async file(..._a: unknown[]): Promise<any> { return null; } }
